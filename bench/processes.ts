import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@parley/kernel/testing';

const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;

/** A server under measurement. */
export interface ServerProcess {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
  /** Number of statements sent since the last call, by name. Requires `statement-counter.js` in the process. */
  countStatements(): Promise<Map<string, number>>;
  stop(): Promise<void>;
}

/** Starts a server and waits until it is ready. */
export async function serve(
  name: string,
  script: string,
  env: Record<string, string>,
  nodeOptions: readonly string[] = [],
): Promise<ServerProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, [...nodeOptions, script], {
    env: { ...process.env, ...env, PORT: String(port), NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const countStatements = async (): Promise<Map<string, number>> => {
    const answer = once(child, 'message');
    child.send('count');
    return new Map((await answer)[0] as [string, number][]);
  };
  const url = `http://127.0.0.1:${port}`;
  const stop = (): Promise<void> => stopProcess(child);
  process.once('exit', () => child.kill('SIGKILL'));
  for (let tries = 0; tries < 300; tries += 1) {
    if (child.exitCode !== null) throw new Error(`${name} ended with code ${child.exitCode}`);
    const ready = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return { name, url, pid: child.pid!, countStatements, stop };
    await sleep(100);
  }
  await stop();
  throw new Error(`${name} did not become ready`);
}

/** User and system CPU time of a process in seconds; NaN without /proc. */
export function cpuSeconds(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return NaN;
  }
}

/** {@link cpuSeconds} of the living children of a process, such as the backends of a Postgres server. */
export function childCpuSeconds(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
  return children.map(Number).reduce((sum, child) => sum + (cpuSeconds(child) || 0), 0);
}

/** Process ID of the parent of a process. Requires /proc. */
export function parentPid(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

/** Resident memory of a process in MB; NaN without /proc. */
export function residentMegabytes(pid: number): number {
  try {
    return (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES) / 1e6;
  } catch {
    return NaN;
  }
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const killTimer = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await exited;
  clearTimeout(killTimer);
}
