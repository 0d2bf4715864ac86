import { createHash } from 'node:crypto';
import { access, chmod, chown, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { resolveDataDirectory } from './cluster-record.js';
import { canEnter, canRun, hasSetpriv, launchers, serverAccount, type Launcher } from './postgres-account.js';
import { copyBinaries, findBinaries, type PostgresBinaries } from './postgres-binaries.js';

/** Where root's clusters go when the account that runs them cannot reach the directory asked for. */
const RELOCATION_ROOT = '/var/lib/parley';

/** Which programs are run, how, and on which data directory. */
export interface Placement {
  readonly binaries: PostgresBinaries;
  readonly launcher: Launcher;
  readonly dataDirectory: string;
  /** The data directory when it is outside the directory asked for, else null. */
  readonly relocatedTo: string | null;
  /** False until initdb has been through. */
  readonly initialised: boolean;
}

/**
 * Decides how the server can be run here. Root's server runs as another account; where that account cannot
 * pass through a closed directory such as /root it gets the one capability for passing through, and where
 * that cannot be had the programs, or a new data directory, are put under /var/lib/parley.
 * @param previousDataDirectory where the data was relocated to before, or null.
 * @throws Error when an existing data directory cannot be reached by the account that owns it.
 */
export async function resolvePlacement(
  directory: string,
  previousDataDirectory: string | null,
  onLog: (line: string) => void,
): Promise<Placement> {
  const dataDirectory = resolveDataDirectory(directory, previousDataDirectory);
  const account = await serverAccount(dataDirectory);
  await mkdir(directory, { recursive: true, mode: account ? 0o711 : 0o700 });
  if (account) await chmod(directory, 0o711);
  const binaries = await findBinaries(directory);
  const candidates = launchers(account, await hasSetpriv());
  const [defaultLauncher] = candidates;
  if (defaultLauncher === undefined) throw new Error('there is no way to start a program here');
  const initialised = await exists(path.join(dataDirectory, 'PG_VERSION'));
  const placement: Placement = {
    binaries,
    launcher: defaultLauncher,
    dataDirectory,
    relocatedTo: previousDataDirectory,
    initialised,
  };
  if (account === null) return placement;

  const probe = initialised ? dataDirectory : await createProbeDirectory(directory, defaultLauncher);
  try {
    let fallback: Launcher | null = null;
    for (const launcher of candidates) {
      if (!(await canEnter(launcher, probe))) continue;
      if (await canRun(launcher, binaries.postgres)) return { ...placement, launcher };
      fallback ??= launcher;
    }
    return await relocate({ ...placement, launcher: fallback ?? defaultLauncher }, directory, probe, onLog);
  } finally {
    if (!initialised) await rm(probe, { recursive: true, force: true });
  }
}

/** Makes an empty directory, mode 700, that belongs to the launcher's account. */
export async function createOwnedDirectory(directory: string, { account }: Launcher): Promise<string> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if (account) await chown(directory, account.uid, account.gid);
  return directory;
}

async function relocate(
  placement: Placement,
  directory: string,
  probe: string,
  onLog: (line: string) => void,
): Promise<Placement> {
  const { launcher, initialised } = placement;
  const { uid } = launcher.account ?? { uid: 0 };
  let { binaries, dataDirectory, relocatedTo } = placement;
  await createTraversableDirectory(RELOCATION_ROOT);
  if (!(await canRun(launcher, binaries.postgres))) {
    binaries = await copyBinaries(binaries, RELOCATION_ROOT);
    onLog(`account ${uid} cannot reach the Postgres programs where they are installed: copied to ${binaries.native}`);
  }
  if (!(await canEnter(launcher, probe))) {
    if (initialised) {
      throw new Error(
        `account ${uid}, which owns ${dataDirectory}, cannot reach it: open the directories above it for passing through ` +
          '(chmod o+x), or run with the capability CAP_DAC_READ_SEARCH',
      );
    }
    const name = createHash('sha256').update(directory).digest('hex').slice(0, 12);
    dataDirectory = relocatedTo = path.join(RELOCATION_ROOT, name, 'data');
    await createTraversableDirectory(path.dirname(dataDirectory));
    onLog(`account ${uid} cannot reach ${directory}: the database is kept in ${dataDirectory}`);
  }
  const isInitialised = await exists(path.join(dataDirectory, 'PG_VERSION'));
  return { binaries, launcher, dataDirectory, relocatedTo, initialised: isInitialised };
}

/** Makes a directory that every account can pass through, whatever the umask. */
async function createTraversableDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await chmod(directory, 0o711);
}

function createProbeDirectory(directory: string, launcher: Launcher): Promise<string> {
  return createOwnedDirectory(path.join(directory, 'probe'), launcher);
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
