import { spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { exitWithNpm } from './exit-with-npm.mjs';
import { buildIfStale } from './build.mjs';
import { installIfNeeded } from './install.mjs';
import { root } from './swc-options.mjs';

/** `npm run dev`: builds and serves, and does both again after each change of a source file. */
const WATCHED = ['apps', 'libs', 'migrations'];
const DEBOUNCE_MS = 200;
const START = fileURLToPath(new URL('./start.mjs', import.meta.url));

let server = null;
let stopping = false;
let queue = Promise.resolve();
let timer = null;

exitWithNpm();
await installIfNeeded();
for (const folder of WATCHED.filter((name) => existsSync(path.join(root, name)))) {
  watch(path.join(root, folder), { recursive: true }, (_event, file) => {
    if (file === null || /\.(ts|json|html|css|csv)$/.test(file)) schedule();
  });
}
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => void stop());
schedule();

function schedule() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    queue = queue.then(restart);
  }, DEBOUNCE_MS);
}

async function restart() {
  if (stopping) return;
  try {
    const { compiled, removed } = await buildIfStale();
    if (server !== null && compiled === 0 && removed === 0) return;
  } catch (error) {
    console.error(error.message);
    return;
  }
  await stopServer();
  if (stopping) return;
  const child = spawn(process.execPath, [START], { stdio: 'inherit' });
  server = child;
  child.once('exit', () => {
    if (server === child) server = null;
  });
}

async function stopServer() {
  if (server === null) return;
  const exited = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await exited;
}

async function stop() {
  if (stopping) process.exit(130);
  stopping = true;
  clearTimeout(timer);
  await queue;
  await stopServer();
  process.exit(0);
}
