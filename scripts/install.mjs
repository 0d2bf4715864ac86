import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const STAMP = path.join(root, 'node_modules', '.parley-install');

/**
 * Runs `npm ci` unless node_modules already holds what package-lock.json asks for. Resolves to whether it
 * ran. Throws when npm fails.
 */
export async function installIfNeeded() {
  const lock = await readFile(path.join(root, 'package-lock.json'), 'utf8');
  const wanted = createHash('sha256').update(lock).digest('hex');
  if ((await read(STAMP)) === wanted) return false;
  const alreadyThere = await matches(JSON.parse(lock));
  if (!alreadyThere) await npmCi();
  // A node_modules that is read-only for us is compared again each time instead.
  await writeFile(STAMP, wanted).catch(() => undefined);
  return !alreadyThere;
}

/** True when npm's own record of what it installed agrees with the lock file, as after `npm ci` by hand. */
async function matches(lock) {
  const text = await read(path.join(root, 'node_modules', '.package-lock.json'));
  if (text === null) return false;
  const installed = JSON.parse(text).packages;
  return Object.entries(lock.packages).every(([place, wanted]) => {
    if (place === '') return true;
    const found = installed[place];
    if (found) return found.version === wanted.version;
    return Boolean(wanted.optional || wanted.devOptional || (wanted.dev && process.env.NODE_ENV === 'production'));
  });
}

async function npmCi() {
  console.log('installing dependencies (npm ci)');
  const npm = process.env.npm_execpath;
  const [file, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const child = spawn(file, [...first, 'ci'], { cwd: root, stdio: 'inherit' });
  const pass = (signal) => {
    child.kill(signal);
    process.exitCode = 1;
  };
  process.on('SIGTERM', pass).on('SIGINT', pass);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (ended) => resolve(ended ?? 1));
  });
  process.off('SIGTERM', pass).off('SIGINT', pass);
  if (code !== 0) throw new Error(`npm ci ended with code ${code}`);
}

async function read(file) {
  return readFile(file, 'utf8').catch(() => null);
}
