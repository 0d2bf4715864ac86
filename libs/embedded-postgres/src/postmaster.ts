import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
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

/** A server process this process has just started; `exited` resolves when it ends. */
export interface Postmaster {
  readonly pid: number;
  readonly child: ChildProcess;
  readonly exited: Promise<void>;
  /** The last lines it wrote, oldest first. */
  readonly lines: readonly string[];
}

/** Why a server did not come up, with what it wrote. */
export class PostmasterStartError extends Error {
  constructor(readonly output: string) {
    super(`Postgres did not start:\n${output}`);
  }
}

/**
 * The server running on this data directory, as its lock file and the process it names agree; null when
 * there is none, whatever a stale file says.
 */
export async function findPostmaster(dataDirectory: string): Promise<PostmasterPid | null> {
  const text = await readLockFile(dataDirectory);
  const found = text === null ? null : parsePostmasterPid(text);
  return found !== null && isServing(found.pid, dataDirectory) ? found : null;
}

/** True while this pid is a Postgres server on this data directory. */
export function isServing(pid: number, dataDirectory: string): boolean {
  return isAlive(pid) && isPostmasterOf(commandLine(pid) ?? [], dataDirectory);
}

/**
 * Starts the server and waits until it accepts connections. It dies with this process: by the kernel's hand
 * where `setpriv` can arrange it, by a watchdog's otherwise.
 * @throws PostmasterFailed when it ends instead.
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
    // Its own session: a Ctrl-C at the terminal reaches the application, which then stops the server in order.
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
 * A lock file whose pid meanwhile belongs to another program would keep Postgres from starting if that
 * program runs under the same account; the file is made to name nobody, and Postgres clears it.
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
  (stream as unknown as { unref?: () => void }).unref?.();
}
