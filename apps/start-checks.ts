import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { SettingsError, type Settings } from '@parley/kernel';
import { checkConnection } from '@parley/kernel/database';
import { assertAdminPassword } from '@parley/teams';

/**
 * Checks the settings against the machine, before anything is started or migrated.
 * @throws SettingsError with one line that names the setting, the problem and the remedy.
 */
export async function checkSettings(settings: Settings): Promise<void> {
  await checkHome(settings.home);
  const isNew =
    settings.databaseUrl === null
      ? !existsSync(join(settings.home, 'postgres', 'cluster.json'))
      : (await checkConnection(settings.databaseUrl)).isNew;
  if (isNew) assertAdminPassword(settings);
}

/** Checks that the API can listen on its address. @throws SettingsError */
export async function checkPort({ host, port }: Pick<Settings, 'host' | 'port'>): Promise<void> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  } catch (error) {
    throw new SettingsError(describeListenError(error as NodeJS.ErrnoException, host, port));
  } finally {
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  }
}

function describeListenError({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `PORT: ${port} is in use on ${host}. Stop the program that uses it, or set PORT to another port`;
    case 'EACCES':
      return `PORT: this user cannot listen on port ${port}. Set PORT to a port above 1023`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST: ${host} is not an address of this machine. Set HOST to 127.0.0.1 or 0.0.0.0`;
    default:
      return `HOST, PORT: cannot listen on ${host}:${port}: ${message}`;
  }
}

async function checkHome(home: string): Promise<void> {
  const probe = join(home, `.write-check-${randomUUID()}`);
  try {
    await createFolder(home);
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    const reason =
      code === 'EEXIST' || code === 'ENOTDIR'
        ? `${home} is or contains a file where a folder is needed`
        : code === 'ENOSPC'
          ? `no space is left for ${home}`
          : `this user cannot write to ${home} (${code})`;
    throw new SettingsError(`PARLEY_HOME: ${reason}. Set PARLEY_HOME to a folder that this user can write to`);
  }
}

/** Creates a folder and its parents. Unlike a recursive `mkdir`, it ends for folders of file systems such as `/proc`. */
async function createFolder(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) await createFolder(parent);
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    // Another process can create it at the same time.
    if (error.code !== 'EEXIST') throw error;
  });
}
