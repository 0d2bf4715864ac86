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

/** What to run; everything but the directory has a default. */
export interface EmbeddedPostgresOptions {
  /** Holds the data, the passwords (`cluster.json`, mode 600) and the locks; made when missing. */
  readonly directory: string;
  /** Server settings over the defaults of `postgresSettings`; ignored when a running server is adopted. */
  readonly settings?: Record<string, string>;
  /** TCP port; by default the one used last if it is free, else any free one. */
  readonly port?: number;
  /** Receives every line the server writes, and this supervisor's own remarks. */
  readonly onLog?: (line: string) => void;
}

/**
 * Starts Postgres in a directory, or adopts the one that runs there already. The process that started it
 * owns it: the server ends when the owner calls `stop()` or dies, however it dies. Concurrent callers, in
 * one process or several, are serialised; all but the first borrow.
 * @throws Error when the programs are not installed or the server does not come up; the message has its output.
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

/** True for failures that end by themselves: children of a killed server still ending, a port just taken. */
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
    throw new Error(`${dataDirectory} holds a database, but ${recordFile} with its passwords is missing`);
  }
  if (!initialised && existing !== null && existing.provisioned > 0) {
    throw new Error(
      `the database in ${dataDirectory} is gone: put it back, or remove ${recordFile} to begin with an empty one`,
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

/** Takes a running server over as it is; null when none runs, or when it was going down and now has. */
async function adopt(directory: string): Promise<EmbeddedPostgres | null> {
  const record = await readClusterRecord(directory);
  if (record === null) return null;
  const dataDirectory = resolveDataDirectory(directory, record.relocatedTo);
  let found = await findPostmaster(dataDirectory);
  if (found === null) return null;
  const owned = await isOwnerRunning(directory, found.pid);
  // An owner that has just died takes its server along, which needs a moment to show.
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
  throw new Error('no free port on 127.0.0.1');
}
