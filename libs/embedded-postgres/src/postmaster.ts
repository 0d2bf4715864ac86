import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Placement } from './placement.js';
import { buildCommand, usesParentDeathSignal } from './postgres-account.js';
import { isPostmasterOf, parsePostmasterPid, withNonexistentPid, type PostmasterPid } from './postmaster-pid.js';
import { commandLine, isAlive } from './process-identity.js';
import { startWatchdog } from './watchdog.js';

const POLL_MS = 15;
const MAX_LOG_LINES = 40;

/** A server process started by this process. `exited` resolves when it ends. */
export interface Postmaster {
  readonly pid: number;
  readonly child: ChildProcess;
  readonly exited: Promise<void>;
  /** The last lines of its output, oldest first. */
  readonly lines: readonly string[];
}

/** Error for a server that did not start, with its output. */
export class PostmasterStartError extends Error {
  constructor(readonly output: string) {
    super(`Postgres did not start:\n${output}`);
  }
}

/**
 * The server of this data directory according to its lock file, if the process in the lock file is that server. Null if
 * there is none or the file is stale.
 */
export async function findPostmaster(dataDirectory: string): Promise<PostmasterPid | null> {
  const text = await readLockFile(dataDirectory);
  const found = text === null ? null : parsePostmasterPid(text);
  return found !== null && isServing(found.pid, dataDirectory) ? found : null;
}

/** True if this PID is a Postgres server of this data directory. */
export function isServing(pid: number, dataDirectory: string): boolean {
  return isAlive(pid) && isPostmasterOf(commandLine(pid) ?? [], dataDirectory);
}

/**
 * Starts the server and waits until it accepts connections. The server ends with this process: through the kernel if
 * `setpriv` is available, else through a watchdog.
 * @throws PostmasterStartError if the server ends instead.
 */
export async function startPostmaster(
  { binaries, launcher, dataDirectory }: Placement,
  settings: Record<string, string>,
  onLog: (line: string) => void,
): Promise<Postmaster> {
  await invalidateStaleLock(dataDirectory);
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [file = '', ...args] = buildCommand(launcher, 'INT', [...binaries.postgres, '-D', dataDirectory, ...flags]);
  const child = spawn(file, args, {
    cwd: '/',
    // A separate session: Ctrl-C in the terminal reaches only the application, which then stops the server properly.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...launcher.spawnAs,
  });
  const lines: string[] = [];
  const appendLine = (line: string): void => {
    lines.push(line);
    if (lines.length > MAX_LOG_LINES) lines.shift();
    onLog(line);
  };
  forwardLines(child.stdout, appendLine);
  forwardLines(child.stderr, appendLine);
  child.unref();
  const exited = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      appendLine(error.message);
      resolve();
    });
    child.once('close', () => resolve());
  });
  const pid = child.pid ?? 0;
  const postmaster: Postmaster = { pid, child, exited, lines };
  if (!usesParentDeathSignal(launcher) && pid > 0) void exited.then(startWatchdog(pid, dataDirectory));
  await waitUntilReady(postmaster, dataDirectory);
  return postmaster;
}

async function waitUntilReady({ pid, exited, lines }: Postmaster, dataDirectory: string): Promise<void> {
  let ended = false;
  void exited.then(() => (ended = true));
  for (;;) {
    if (ended) throw new PostmasterStartError(lines.join('\n'));
    const found = await findPostmaster(dataDirectory);
    if (found?.pid === pid && found.status === 'ready') return;
    await sleep(POLL_MS);
  }
}

/**
 * Invalidates a lock file whose PID now belongs to another program. If that program runs as the same account, Postgres
 * would refuse to start. With a nonexistent PID, Postgres deletes the file.
 */
async function invalidateStaleLock(dataDirectory: string): Promise<void> {
  const text = await readLockFile(dataDirectory);
  const found = text === null ? null : parsePostmasterPid(text);
  if (text === null || found === null || !isAlive(found.pid) || isServing(found.pid, dataDirectory)) return;
  await writeFile(path.join(dataDirectory, 'postmaster.pid'), withNonexistentPid(text));
}

async function readLockFile(dataDirectory: string): Promise<string | null> {
  return readFile(path.join(dataDirectory, 'postmaster.pid'), 'utf8').catch(() => null);
}

function forwardLines(stream: Readable | null, onLine: (line: string) => void): void {
  if (stream === null) return;
  createInterface({ input: stream }).on('line', onLine);
  stream.on('error', () => undefined);
  // The pipe is a socket internally, which its type does not show.
  if (stream instanceof Socket) stream.unref();
}
