import { setTimeout as sleep } from 'node:timers/promises';
import { type ClusterRecord } from './cluster-record.js';
import { isServing, type Postmaster } from './postmaster.js';
import { type PostmasterPid } from './postmaster-pid.js';
import { identify, isStillRunning } from './process-identity.js';
import { applicationUrl } from './provision.js';
import { startWatchdog } from './watchdog.js';

const FAST_SHUTDOWN_MS = 20_000;
const POLL_MS = 50;

/** A running embedded Postgres on the loopback address of this machine. */
export interface EmbeddedPostgres {
  /** Connection URL of the role `parley`, which is not a superuser, and its database `parley`. */
  readonly url: string;
  readonly port: number;
  /** Process ID of the server. */
  readonly pid: number;
  /** True if the server was already running and was started by another process. */
  readonly adopted: boolean;
  /**
   * Stops the server and resolves when it has ended, if this process owns it: it started the server, or adopted it from
   * an owner that ended. Otherwise only releases it. Repeated calls return the same promise.
   */
  stop(): Promise<void>;
  /** Resolves when the server ends without a call of `stop()`. Never resolves after a shared server was released. */
  readonly exited: Promise<void>;
}

/** Creates the handle of a server that this process started. */
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

/** Creates the handle of a server that was already running. `borrowed` is true if another running process owns it. */
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

/** Stops a server that can be the child of another process. Its identity is checked before every signal. */
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
  // While it is ending, the process has no command line.
  while (server !== null && isStillRunning(server)) await sleep(POLL_MS);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
