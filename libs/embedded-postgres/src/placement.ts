import { createHash } from 'node:crypto';
import { access, chmod, chown, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { resolveDataDirectory } from './cluster-record.js';
import { canEnter, canRun, hasSetpriv, launchers, serverAccount, type Launcher } from './postgres-account.js';
import { copyBinaries, findBinaries, type PostgresBinaries } from './postgres-binaries.js';

/** Directory for clusters of root if the account that runs them cannot access the requested directory. */
const RELOCATION_ROOT = '/var/lib/parley';

/** The programs, the way to start them, and the data directory. */
export interface Placement {
  readonly binaries: PostgresBinaries;
  readonly launcher: Launcher;
  readonly dataDirectory: string;
  /** The data directory if it is outside of the requested directory, else null. */
  readonly relocatedTo: string | null;
  /** True after initdb has completed. */
  readonly initialised: boolean;
}

/**
 * Decides how the server can run on this machine. The server of root runs as another account. If that account cannot
 * traverse a closed directory such as /root, it gets the single capability for this. If that is not possible, the
 * programs or a new data directory are placed under /var/lib/parley.
 * @param previousDataDirectory path to which the data was relocated before, or null.
 * @throws Error if the owner of an existing data directory cannot access it.
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
  if (defaultLauncher === undefined) throw new Error('Cannot start programs on this machine');
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

/** Creates an empty directory with mode 700 that belongs to the account of the launcher. */
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
    onLog(
      `Account ${uid} cannot access the Postgres programs at their installed path: copied them to ` +
        `${binaries.native}`,
    );
  }
  if (!(await canEnter(launcher, probe))) {
    if (initialised) {
      throw new Error(
        `Account ${uid}, which owns ${dataDirectory}, cannot access it: allow it to traverse the parent ` +
          'directories (chmod o+x), or run with the capability CAP_DAC_READ_SEARCH',
      );
    }
    const name = createHash('sha256').update(directory).digest('hex').slice(0, 12);
    dataDirectory = relocatedTo = path.join(RELOCATION_ROOT, name, 'data');
    await createTraversableDirectory(path.dirname(dataDirectory));
    onLog(`Account ${uid} cannot access ${directory}: the database is stored in ${dataDirectory}`);
  }
  const isInitialised = await exists(path.join(dataDirectory, 'PG_VERSION'));
  return { binaries, launcher, dataDirectory, relocatedTo, initialised: isInitialised };
}

/** Creates a directory that all accounts can traverse, independent of the umask. */
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
