import { randomUUID } from 'node:crypto';
import { link, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, isStillRunning, type ProcessIdentity } from './process-identity.js';

const POLL_MS = 50;
const SETTLE_MS = 300;

/**
 * Runs `work` while holding the file `start.lock` in `directory`, so that only one process at a time starts or adopts
 * the server there. The lock of a process that has ended is taken over.
 * @throws Error if a running process holds the lock for more than `timeoutMs` milliseconds.
 */
export async function withStartLock<T>(directory: string, timeoutMs: number, work: () => Promise<T>): Promise<T> {
  const lock = path.join(directory, 'start.lock');
  const claim = path.join(directory, `start.lock.${randomUUID()}`);
  const content = JSON.stringify({ ...identify(process.pid), claim: path.basename(claim) });
  await writeFile(claim, content, { mode: 0o600 });
  try {
    await acquire(lock, claim, content, Date.now() + timeoutMs);
    await removeStaleClaims(directory);
    return await work();
  } finally {
    await rm(claim, { force: true });
    if ((await readText(lock)) === content) await rm(lock, { force: true });
  }
}

async function acquire(lock: string, claim: string, content: string, deadline: number): Promise<void> {
  for (;;) {
    try {
      await link(claim, lock);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const currentContent = await readText(lock);
    if (currentContent !== null && isStale(currentContent)) {
      // If several processes take over the lock, the last one wins. Each checks again after all of them had time to
      // rename.
      await rename(claim, lock);
      await sleep(SETTLE_MS);
      if ((await readText(lock)) === content) return;
      await writeFile(claim, content, { mode: 0o600 });
    }
    if (Date.now() > deadline)
      throw new Error(`Another process has held ${lock} for too long: ${currentContent ?? ''}`);
    await sleep(POLL_MS);
  }
}

async function removeStaleClaims(directory: string): Promise<void> {
  const claims = (await readdir(directory)).filter((name) => name.startsWith('start.lock.'));
  for (const claim of claims.map((name) => path.join(directory, name))) {
    const currentContent = await readText(claim);
    // A running process is about to write an empty file.
    if (currentContent && isStale(currentContent)) await rm(claim, { force: true });
  }
}

function isStale(currentContent: string): boolean {
  try {
    const holder = JSON.parse(currentContent) as ProcessIdentity;
    return !isStillRunning(holder);
  } catch {
    return true;
  }
}

async function readText(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch(() => null);
}
