import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'parley-';
/** Longer than any request or job that uses a temporary folder. */
const MAX_AGE_MS = 24 * 60 * 60_000;

/** What a temporary folder is for; part of its name. */
export type TemporaryFolderPurpose = 'upload' | 's3';

const PURPOSES: readonly TemporaryFolderPurpose[] = ['upload', 's3'];

/** Creates a temporary folder, which the caller deletes. */
export function createTemporaryFolder(purpose: TemporaryFolderPurpose, parent = tmpdir()): Promise<string> {
  return mkdtemp(join(parent, `${PREFIX}${purpose}-`));
}

/** Deletes the temporary folders that processes which have ended left behind. Returns their number. */
export async function sweepTemporaryFolders(now: number, parent = tmpdir()): Promise<number> {
  const names = (await readdir(parent)).filter((name) =>
    PURPOSES.some((purpose) => name.startsWith(`${PREFIX}${purpose}-`)),
  );
  let count = 0;
  for (const name of names) {
    const folder = join(parent, name);
    // Another process can delete the folder meanwhile.
    const modified = await stat(folder).then(
      ({ mtimeMs }) => mtimeMs,
      () => now,
    );
    if (now - modified < MAX_AGE_MS) continue;
    await rm(folder, { recursive: true, force: true });
    count += 1;
  }
  return count;
}
