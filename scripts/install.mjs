import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { open, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const STAMP = path.join(root, 'node_modules', '.parley-install');
/** Output of npm; in the root, because npm removes node_modules. */
const LOG = path.join(root, 'install.log');
const LINES_OF_ERROR = 20;

/**
 * Runs `npm ci` unless node_modules already matches package-lock.json. Resolves to true if it ran. Throws with the last
 * lines of its output if npm fails.
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
  const npm = process.env.npm_execpath;
  const [file, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const stopProgress = startProgress();
  const log = await open(LOG, 'w');
  const child = spawn(file, [...first, 'ci'], { cwd: root, stdio: ['ignore', log.fd, log.fd] });
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
  await log.close();
  stopProgress();
  if (code === 0) return;
  const lastLines = (await read(LOG)).trimEnd().split('\n').slice(-LINES_OF_ERROR);
  throw new Error(`${lastLines.join('\n')}\nnpm ci failed with code ${code}; its output is in ${path.basename(LOG)}`);
}

/**
 * Prints the progress, every second on a terminal and otherwise once. Returns a function that ends it with the duration.
 */
function startProgress() {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  const title = `Installing dependencies (npm ci, output in ${path.basename(LOG)})`;
  if (!process.stdout.isTTY) {
    console.log(title);
    return () => console.log(`npm ci ended after ${seconds()} s`);
  }
  const print = () => process.stdout.write(`\r${title}: ${seconds()} s`);
  print();
  const timer = setInterval(print, 1000);
  return () => {
    clearInterval(timer);
    print();
    process.stdout.write('\n');
  };
}

async function read(file) {
  return readFile(file, 'utf8').catch(() => null);
}
