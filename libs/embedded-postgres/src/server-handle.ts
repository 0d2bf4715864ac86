import { setTimeout as sleep } from 'node:timers/promises';
import { type ClusterRecord } from './cluster-record.js';
import { isServing, type Postmaster } from './postmaster.js';
import { type PostmasterPid } from './postmaster-pid.js';
import { identify, isStillRunning } from './process-identity.js';
import { applicationUrl } from './provision.js';
import { startWatchdog } from './watchdog.js';

const FAST_SHUTDOWN_MS = 20_000;
const POLL_MS = 50;

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

/** The handle of a server that this process started. */
export function createOwnedHandle(
  { pid, child, exited: childExited }: Postmaster,
  record: ClusterRecord,
  port: number,
): EmbeddedPostgres {
  let stopping: Promise<void> | null = null;
  const exited = new Promise<void>((resolve) => {
    void childExited.then(() => {
      if (stopping === null) resolve();
    });
  });
  const stopServer = async (): Promise<void> => {
    child.ref();
    child.kill('SIGINT');
    const killTimer = setTimeout(() => child.kill('SIGQUIT'), FAST_SHUTDOWN_MS);
    await childExited;
    clearTimeout(killTimer);
  };
  return {
    url: applicationUrl(record, port),
    port,
    pid,
    adopted: false,
    exited,
    stop: () => (stopping ??= stopServer()),
  };
}

/** The handle of a server that was running already; `borrowed` when another living process owns it. */
export function createAdoptedHandle(
  { pid, port }: PostmasterPid,
  dataDirectory: string,
  url: string,
  borrowed: boolean,
): EmbeddedPostgres {
  let stopping: Promise<void> | null = null;
  const release = borrowed ? () => undefined : startWatchdog(pid, dataDirectory);
  let resolveExited: () => void = () => undefined;
  const exited = new Promise<void>((resolve) => (resolveExited = resolve));
  const watch = setInterval(() => {
    if (isServing(pid, dataDirectory)) return;
    clearInterval(watch);
    release();
    if (stopping === null) resolveExited();
  }, POLL_MS * 10).unref();
  const stopServer = async (): Promise<void> => {
    clearInterval(watch);
    if (!borrowed) await shutDown(pid, dataDirectory);
    release();
  };
  return { url, port, pid, adopted: true, exited, stop: () => (stopping ??= stopServer()) };
}

/** Stops a server that need not be our child; its identity is looked at before every signal. */
export async function shutDown(pid: number, dataDirectory: string): Promise<void> {
  const killAt = Date.now() + FAST_SHUTDOWN_MS;
  const server = identify(pid);
  let lastSignal: NodeJS.Signals | null = null;
  while (isServing(pid, dataDirectory)) {
    const nextSignal = Date.now() > killAt ? 'SIGQUIT' : 'SIGINT';
    if (nextSignal !== lastSignal) signal(pid, nextSignal);
    lastSignal = nextSignal;
    await sleep(POLL_MS);
  }
  // On its way out it has no command line any more.
  while (server !== null && isStillRunning(server)) await sleep(POLL_MS);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
