import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process named so that a recycled pid is not mistaken for it. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque start moment: clock ticks since boot on Linux, `ps` text elsewhere. Only ever compared. */
  readonly startedAt: string;
}

/** True while a process with this pid exists (a zombie does not count), whoever owns it. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return statFields(pid)?.[0] !== 'Z';
}

/** The words of a process's command line, or null when it does not exist or cannot be read. */
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

/** Who a pid is now, or null when nobody has it. */
export function identify(pid: number): ProcessIdentity | null {
  if (!isAlive(pid)) return null;
  const startedAt = process.platform === 'linux' ? statFields(pid)?.[19] : ps(pid, 'lstart=');
  return startedAt ? { pid, startedAt } : null;
}

/** True while exactly this process, and not a later one with its pid, is running. */
export function isStillRunning(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startedAt === identity.startedAt;
}

/** Fields of /proc/PID/stat from the state on; the command before it may hold blanks and brackets. */
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
