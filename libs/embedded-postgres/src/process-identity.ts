import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process, identified so that a later process with the same PID is distinguished from it. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque start time: clock ticks since boot on Linux, text of `ps` elsewhere. Only for comparisons. */
  readonly startedAt: string;
}

/** True if a process with this PID exists under any account. Zombies do not count. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return statFields(pid)?.[0] !== 'Z';
}

/** The command line of a process as arguments, or null if it does not exist or cannot be read. */
export function commandLine(pid: number): string[] | null {
  if (process.platform === 'linux') {
    try {
      const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      args.pop();
      return args.length > 0 ? args : null;
    } catch {
      return null;
    }
  }
  const line = ps(pid, 'command=');
  return line === null ? null : line.split(' ');
}

/** The current identity of a PID, or null if there is no such process. */
export function identify(pid: number): ProcessIdentity | null {
  if (!isAlive(pid)) return null;
  const startedAt = process.platform === 'linux' ? statFields(pid)?.[19] : ps(pid, 'lstart=');
  return startedAt ? { pid, startedAt } : null;
}

/** True if exactly this process, not a later one with the same PID, is running. */
export function isStillRunning(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startedAt === identity.startedAt;
}

/** Fields of /proc/PID/stat from the state on. The command before them can contain spaces and parentheses. */
function statFields(pid: number): string[] | null {
  if (process.platform !== 'linux') return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat
      .slice(stat.lastIndexOf(')') + 2)
      .trim()
      .split(' ');
  } catch {
    return null;
  }
}

function ps(pid: number, column: string): string | null {
  try {
    return execFileSync('ps', ['-ww', '-o', column, '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}
