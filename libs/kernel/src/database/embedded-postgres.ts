import { mkdir, realpath } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { claimOwnership, hasLivingOwner, newCluster, readCluster, writeCluster, type ClusterRecord } from './embedded/cluster-record.js';
import { initialise } from './embedded/initdb.js';
import { place } from './embedded/placement.js';
import { availableMemory, postgresSettings } from './embedded/postgres-settings.js';
import { findPostmaster, isServing, PostmasterFailed, startPostmaster, type Postmaster } from './embedded/postmaster.js';
import { type PostmasterPid } from './embedded/postmaster-pid.js';
import { applicationUrl, checkConnection, provision, PROVISION_VERSION } from './embedded/provision.js';
import { withStartLock } from './embedded/start-lock.js';
import { watchOver } from './embedded/watchdog.js';

const LOCK_TIMEOUT_MS = 120_000;
const ORPHAN_GRACE_MS = 1_500;
const RETRY_FOR_MS = 20_000;
const FAST_SHUTDOWN_MS = 20_000;
const POLL_MS = 100;

/** A running Postgres of our own, on this machine's loopback address. */
export interface EmbeddedPostgres {
  /** Connects as the role `parley`, no superuser, to the database `parley`, which it owns. */
  readonly url: string;
  readonly port: number;
  /** The server's process. */
  readonly pid: number;
  /** True when it was running already and another process started it. */
  readonly adopted: boolean;
  /**
   * Stops the server and resolves when it has ended, if this process owns it: started it, or adopted it
   * from an owner that is gone. A borrower merely lets go. Calling it again gives the same promise.
   */
  stop(): Promise<void>;
  /** Resolves when the server ends without `stop()` having been called; never for a borrower that let go. */
  readonly exited: Promise<void>;
}

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
  const giveUpAt = Date.now() + RETRY_FOR_MS;
  for (;;) {
    const adopted = await adopt(options.directory);
    if (adopted) return adopted;
    try {
      return await start(options);
    } catch (error) {
      if (!(error instanceof PostmasterFailed) || !isPassing(error, options) || Date.now() > giveUpAt) throw error;
      await sleep(POLL_MS);
    }
  }
}

/** True for failures that end by themselves: children of a killed server still ending, a port just taken. */
function isPassing({ output }: PostmasterFailed, { port }: EmbeddedPostgresOptions): boolean {
  if (/pre-existing shared memory block|lock file "postmaster.pid" already exists/.test(output)) return true;
  return port === undefined && output.includes('could not bind');
}

async function start({ directory, settings, port: wanted, onLog = () => undefined }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const known = await readCluster(directory);
  const placement = await place(directory, known?.dataDirectory ?? null, onLog);
  const { dataDirectory, initialised } = placement;
  if (initialised && known === null) {
    throw new Error(`${dataDirectory} holds a database, but ${path.join(directory, 'cluster.json')} with its passwords is missing`);
  }
  let record: ClusterRecord = known ?? newCluster(dataDirectory);
  const port = wanted ?? (await freePort(record.port));
  record = await writeCluster(directory, { ...record, dataDirectory, port });
  if (!initialised) await initialise(placement, record.superuserPassword);
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
    await claimOwnership(directory, postmaster.pid);
    if (record.provisioned < PROVISION_VERSION) {
      await provision(record, port);
      record = await writeCluster(directory, { ...record, provisioned: PROVISION_VERSION });
    }
    await checkConnection(applicationUrl(record, port));
  } catch (error) {
    await shutDown(postmaster.pid, dataDirectory);
    throw error;
  }
  return ownedHandle(postmaster, record, port);
}

/** Takes a running server over as it is; null when none runs, or when it was going down and now has. */
async function adopt(directory: string): Promise<EmbeddedPostgres | null> {
  const record = await readCluster(directory);
  if (record === null) return null;
  const { dataDirectory } = record;
  let found = await findPostmaster(dataDirectory);
  if (found === null) return null;
  const owned = await hasLivingOwner(directory, found.pid);
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
  if (!owned) await claimOwnership(directory, found.pid);
  return adoptedHandle(found, dataDirectory, url, owned);
}

function ownedHandle({ pid, child, exited: ended }: Postmaster, record: ClusterRecord, port: number): EmbeddedPostgres {
  let stopping: Promise<void> | null = null;
  const exited = new Promise<void>((resolve) => {
    void ended.then(() => {
      if (stopping === null) resolve();
    });
  });
  const end = async (): Promise<void> => {
    child.ref();
    child.kill('SIGINT');
    const impatience = setTimeout(() => child.kill('SIGQUIT'), FAST_SHUTDOWN_MS);
    await ended;
    clearTimeout(impatience);
  };
  return { url: applicationUrl(record, port), port, pid, adopted: false, exited, stop: () => (stopping ??= end()) };
}

function adoptedHandle({ pid, port }: PostmasterPid, dataDirectory: string, url: string, borrowed: boolean): EmbeddedPostgres {
  let stopping: Promise<void> | null = null;
  const release = borrowed ? () => undefined : watchOver(pid, dataDirectory);
  let noticeEnd: () => void = () => undefined;
  const exited = new Promise<void>((resolve) => (noticeEnd = resolve));
  const watch = setInterval(() => {
    if (isServing(pid, dataDirectory)) return;
    clearInterval(watch);
    release();
    if (stopping === null) noticeEnd();
  }, POLL_MS * 5).unref();
  const end = async (): Promise<void> => {
    clearInterval(watch);
    if (!borrowed) await shutDown(pid, dataDirectory);
    release();
  };
  return { url, port, pid, adopted: true, exited, stop: () => (stopping ??= end()) };
}

/** Stops a server that is not our child; its identity is looked at before every signal. */
async function shutDown(pid: number, dataDirectory: string): Promise<void> {
  const impatientAt = Date.now() + FAST_SHUTDOWN_MS;
  let sent: NodeJS.Signals | null = null;
  while (isServing(pid, dataDirectory)) {
    const due = Date.now() > impatientAt ? 'SIGQUIT' : 'SIGINT';
    if (due !== sent) signal(pid, due);
    sent = due;
    await sleep(POLL_MS / 2);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
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
