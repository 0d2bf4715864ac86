import { spawn, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 15_000;
const MAX_LOG_LINES = 200;

/**
 * Starts the compiled API with these variables on a free port and waits until GET /readyz returns 200. Resolves to `{
 * url, stop }`. Throws an error with the output of the server if it ends or does not become ready.
 */
export async function startApiServer({ main, cwd, home, env }) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const node = [process.execPath, '--enable-source-maps', main, `--parley-test-home=${home}`];
  const [file, ...args] = hasSetpriv() ? ['setpriv', '--pdeathsig', 'TERM', ...node] : node;
  const child = spawn(file, args, {
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...cleanEnvironment(), ...env, PORT: String(port) },
  });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output.push(...text.split('\n').filter(Boolean));
      output.splice(0, output.length - MAX_LOG_LINES);
    });
    stream.unref();
  }
  child.unref();
  let ended = null;
  const exited = new Promise((resolve) => {
    child.once('error', (error) => resolve((ended = error.message)));
    child.once('close', (code, signal) => resolve((ended = `ended with ${signal ?? `code ${code}`}`)));
  });
  await writeFile(path.join(home, 'server.pid'), String(child.pid ?? ''));

  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await isReady(url))) {
    if (ended !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`the API server for the e2e tests ${ended ?? 'did not become ready'}:\n${output.join('\n')}`);
    }
    await sleep(50);
  }
  let stopping = false;
  void exited.then((exitReason) => {
    if (!stopping) console.error(`the API server of the e2e tests ${exitReason}:\n${output.join('\n')}`);
  });
  const stop = async () => {
    stopping = true;
    child.ref();
    child.kill('SIGTERM');
    const killTimer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await exited;
    clearTimeout(killTimer);
  };
  return { url, stop };
}

/** The environment of this process without variables that would configure the server. */
function cleanEnvironment() {
  const settings = /^(PARLEY_|DATABASE_URL$|REDIS_URL$|NODE_OPTIONS$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !settings.test(name)));
}

async function isReady(url) {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}

function hasSetpriv() {
  return spawnSync('setpriv', ['--help'], { encoding: 'utf8' }).stdout?.includes('--pdeathsig') ?? false;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
