import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const STAMP = path.join(root, 'node_modules', '.parley-install');

/**
 * Runs `npm ci` unless node_modules already matches package-lock.json. Resolves to true if it ran. Throws if npm fails.
 */
export async function installIfNeeded() {
  const lock = await readFile(path.join(root, 'package-lock.json'), 'utf8');
  const lockHash = createHash('sha256').update(lock).digest('hex');
  if ((await read(STAMP)) === lockHash) return false;
  const isInstalled = await matches(JSON.parse(lock));
  if (!isInstalled) await npmCi();
  // If node_modules is read-only, it is compared again each time.
  await writeFile(STAMP, lockHash).catch(() => undefined);
  return !isInstalled;
}

/** True if npm's record of installed packages matches the lock file, as after a manual `npm ci`. */
async function matches(lock) {
  const text = await read(path.join(root, 'node_modules', '.package-lock.json'));
  if (text === null) return false;
  const installed = JSON.parse(text).packages;
  return Object.entries(lock.packages).every(([packagePath, expected]) => {
    if (packagePath === '') return true;
    const found = installed[packagePath];
    if (found) return found.version === expected.version;
    return Boolean(
      expected.optional || expected.devOptional || (expected.dev && process.env.NODE_ENV === 'production'),
    );
  });
}

async function npmCi() {
  console.log('installing dependencies (npm ci)');
  const npm = process.env.npm_execpath;
  const [file, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const child = spawn(file, [...first, 'ci'], { cwd: root, stdio: 'inherit' });
  const forwardSignal = (signal) => {
    child.kill(signal);
    process.exitCode = 1;
  };
  process.on('SIGTERM', forwardSignal).on('SIGINT', forwardSignal);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (ended) => resolve(ended ?? 1));
  });
  process.off('SIGTERM', forwardSignal).off('SIGINT', forwardSignal);
  if (code !== 0) throw new Error(`npm ci failed with code ${code}`);
}

async function read(file) {
  return readFile(file, 'utf8').catch(() => null);
}
