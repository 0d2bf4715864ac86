import { mkdir, realpath } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  recordOwnership,
  resolveDataDirectory,
  isOwnerRunning,
  createClusterRecord,
  readClusterRecord,
  writeClusterRecord,
  type ClusterRecord,
} from './cluster-record.js';
import { initializeDataDirectory } from './initdb.js';
import { resolvePlacement } from './placement.js';
import { availableMemory, postgresSettings } from './postgres-settings.js';
import { findPostmaster, isServing, PostmasterStartError, startPostmaster } from './postmaster.js';
import { applicationUrl, checkConnection, provision, PROVISION_VERSION } from './provision.js';
import { createAdoptedHandle, createOwnedHandle, shutDown, type EmbeddedPostgres } from './server-handle.js';
import { withStartLock } from './start-lock.js';

export { type EmbeddedPostgres } from './server-handle.js';

const LOCK_TIMEOUT_MS = 120_000;
const ORPHAN_GRACE_MS = 1_500;
const RETRY_TIMEOUT_MS = 20_000;
const POLL_MS = 100;

/** Options of the embedded server. Only the directory is required. */
export interface EmbeddedPostgresOptions {
  /** Directory for the data, the passwords (`cluster.json`, mode 600) and the locks. Created if missing. */
  readonly directory: string;
  /** Server settings that override those of `postgresSettings`. Ignored if a running server is adopted. */
  readonly settings?: Record<string, string>;
  /** TCP port. Default: the last port if it is free, else any free one. */
  readonly port?: number;
  /** Receives every line of the server's output and messages of this library. */
  readonly onLog?: (line: string) => void;
}

/**
 * Starts Postgres in a directory, or adopts the server that already runs there. The process that started the server
 * owns it: the server stops when the owner calls `stop()` or ends for any reason. Concurrent callers, in one process or
 * several, are serialised; all but the first share the server of the first.
 * @throws Error if the programs are not installed or the server does not start. The message contains its output.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await mkdir(options.directory, { recursive: true, mode: 0o711 });
  const directory = await realpath(options.directory);
  return withStartLock(directory, LOCK_TIMEOUT_MS, () => startOrAdopt({ ...options, directory }));
}

async function startOrAdopt(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const deadline = Date.now() + RETRY_TIMEOUT_MS;
  for (;;) {
    const adopted = await adopt(options.directory);
    if (adopted) return adopted;
    try {
      return await start(options);
    } catch (error) {
      if (!(error instanceof PostmasterStartError) || !isTransientFailure(error, options) || Date.now() > deadline)
        throw error;
      await sleep(POLL_MS);
    }
  }
}

/**
 * True for failures that resolve by themselves: child processes of a killed server that are still ending, or a port
 * that was taken in the meantime.
 */
function isTransientFailure({ output }: PostmasterStartError, { port }: EmbeddedPostgresOptions): boolean {
  if (/pre-existing shared memory block|lock file "postmaster.pid" already exists/.test(output)) return true;
  return port === undefined && output.includes('could not bind');
}

async function start({
  directory,
  settings,
  port: requestedPort,
  onLog = () => undefined,
}: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const existing = await readClusterRecord(directory);
  const placement = await resolvePlacement(directory, existing?.relocatedTo ?? null, onLog);
  const { dataDirectory, relocatedTo, initialised } = placement;
  const recordFile = path.join(directory, 'cluster.json');
  if (initialised && existing === null) {
    throw new Error(`${dataDirectory} contains a database, but ${recordFile} with its passwords is missing`);
  }
  if (!initialised && existing !== null && existing.provisioned > 0) {
    throw new Error(
      `The database in ${dataDirectory} is missing: restore it, or delete ${recordFile} to create an empty one`,
    );
  }
  let record: ClusterRecord = existing ?? createClusterRecord();
  const port = requestedPort ?? (await freePort(record.port));
  record = await writeClusterRecord(directory, { ...record, relocatedTo, port });
  if (!initialised) await initializeDataDirectory(placement, record.superuserPassword);
  const postmaster = await startPostmaster(
    placement,
    {
      ...postgresSettings(availableMemory()),
      ...settings,
      port: String(port),
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
    },
    onLog,
  );
  try {
    await recordOwnership(directory, postmaster.pid);
    if (record.provisioned < PROVISION_VERSION) {
      await provision(record, port);
      record = await writeClusterRecord(directory, { ...record, provisioned: PROVISION_VERSION });
    }
    await checkConnection(applicationUrl(record, port));
  } catch (error) {
    await shutDown(postmaster.pid, dataDirectory);
    throw error;
  }
  return createOwnedHandle(postmaster, record, port);
}

/** Adopts a running server. Returns null if none is running or it stopped in the meantime. */
async function adopt(directory: string): Promise<EmbeddedPostgres | null> {
  const record = await readClusterRecord(directory);
  if (record === null) return null;
  const dataDirectory = resolveDataDirectory(directory, record.relocatedTo);
  let found = await findPostmaster(dataDirectory);
  if (found === null) return null;
  const owned = await isOwnerRunning(directory, found.pid);
  // A server whose owner has just ended also ends, which takes a moment to become visible.
  const settledAt = Date.now() + (owned ? 0 : ORPHAN_GRACE_MS);
  while (found !== null && (found.status !== 'ready' || Date.now() < settledAt)) {
    await sleep(POLL_MS);
    found = await findPostmaster(dataDirectory);
  }
  if (found === null) return null;
  const url = applicationUrl(record, found.port);
  try {
    if (record.provisioned < PROVISION_VERSION) await provision(record, found.port);
    await checkConnection(url);
  } catch (error) {
    if (!isServing(found.pid, dataDirectory)) return null;
    throw error;
  }
  if (!owned) await recordOwnership(directory, found.pid);
  return createAdoptedHandle(found, dataDirectory, url, owned);
}

async function freePort(preferred: number | null): Promise<number> {
  for (const candidate of preferred === null ? [0] : [preferred, 0]) {
    const port = await new Promise<number | null>((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(null));
      server.listen({ host: '127.0.0.1', port: candidate }, () => {
        const address = server.address();
        server.close(() => resolve(typeof address === 'object' && address ? address.port : null));
      });
    });
    if (port !== null) return port;
  }
  throw new Error('There is no free port on 127.0.0.1');
}
