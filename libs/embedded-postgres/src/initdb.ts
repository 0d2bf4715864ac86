import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createOwnedDirectory, type Placement } from './placement.js';
import { launch } from './postgres-account.js';
import { SUPERUSER } from './provision.js';

/**
 * Creates the data directory. It gets its final name only when it is complete, so an interrupted first start can be
 * repeated.
 * @throws Error with the output of initdb.
 */
export async function initializeDataDirectory(
  { binaries, launcher, dataDirectory }: Placement,
  superuserPassword: string,
): Promise<void> {
  const temporaryDirectory = `${dataDirectory}.new`;
  const passwordFile = `${dataDirectory}.password`;
  await mkdir(path.dirname(dataDirectory), { recursive: true });
  await createOwnedDirectory(temporaryDirectory, launcher);
  try {
    await writeFile(passwordFile, superuserPassword, { mode: 0o600 });
    if (launcher.account) await chown(passwordFile, launcher.account.uid, launcher.account.gid);
    const flags = [
      `--pgdata=${temporaryDirectory}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // The builtin provider sorts the same on every machine and after every upgrade of the C library.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C.UTF-8',
    ];
    const { code, stdout, stderr } = await launch(launcher, [...binaries.initdb, ...flags]);
    if (code !== 0) throw new Error(`initdb failed with code ${code}: ${stderr || stdout}`);
    await rename(temporaryDirectory, dataDirectory);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(temporaryDirectory, { recursive: true, force: true });
  }
}
