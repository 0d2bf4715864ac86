import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const POLL_MS = 1000;
const KILL_TIMEOUT_MS = 30_000;
const MAX_ANCESTORS = 6;

/**
 * If npm started this process, checks all processes between this one and npm every second. When one of them has ended,
 * sends SIGTERM to this process, and exits it if it is still running after 30 seconds. Does nothing if npm is not an
 * ancestor.
 */
export function exitWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const watched = findAncestorsUpToNpm();
  if (watched.length === 0) return;
  const timer = setInterval(() => {
    if (watched.every(({ pid, startedAt }) => findProcess(pid)?.startedAt === startedAt)) return;
    clearInterval(timer);
    setTimeout(() => process.exit(1), KILL_TIMEOUT_MS).unref();
    process.kill(process.pid, 'SIGTERM');
  }, POLL_MS);
  timer.unref();
}

function findAncestorsUpToNpm() {
  const ancestors = [];
  let found = findProcess(process.ppid);
  while (found !== null && ancestors.length < MAX_ANCESTORS) {
    ancestors.push(found);
    if (/(^|[\s/])npm(-cli\.js)?(\s|$)/.test(found.command)) return ancestors;
    found = findProcess(found.parent);
  }
  // npm has another process name. At least the parent process is known.
  return ancestors.slice(0, 1);
}

/** A running process: `{ pid, parent, startedAt, command }`. Null if it does not exist or is a zombie. */
function findProcess(pid) {
  if (!(pid > 1)) return null;
  try {
    return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
  } catch {
    return null;
  }
}

function fromProc(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z') return null;
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  return { pid, parent: Number(fields[1]), startedAt: fields[19], command };
}

function fromPs(pid) {
  const column = (name) =>
    execFileSync('ps', ['-ww', '-o', `${name}=`, '-p', String(pid)], { encoding: 'utf8' }).trim();
  return { pid, parent: Number(column('ppid')), startedAt: column('lstart'), command: column('command') };
}
