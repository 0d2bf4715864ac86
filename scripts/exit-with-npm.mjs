import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const POLL_MS = 1000;
const PATIENCE_MS = 30_000;
const FURTHEST = 6;

/**
 * When npm launched this process, watches the processes from here up to npm, once a second; as soon as one
 * of them is gone, sends this process SIGTERM, and ends it outright if that has not done so in 30 seconds.
 * Does nothing when npm is not above us.
 */
export function exitWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const watched = upToNpm();
  if (watched.length === 0) return;
  const timer = setInterval(() => {
    if (watched.every(({ pid, startedAt }) => look(pid)?.startedAt === startedAt)) return;
    clearInterval(timer);
    setTimeout(() => process.exit(1), PATIENCE_MS).unref();
    process.kill(process.pid, 'SIGTERM');
  }, POLL_MS);
  timer.unref();
}

function upToNpm() {
  const line = [];
  let found = look(process.ppid);
  while (found !== null && line.length < FURTHEST) {
    line.push(found);
    if (/(^|[\s/])npm(-cli\.js)?(\s|$)/.test(found.command)) return line;
    found = look(found.parent);
  }
  // An npm that hides its name: at least the process that started us is known.
  return line.slice(0, 1);
}

/** A living process: `{ pid, parent, startedAt, command }`; null when there is none, or only a zombie. */
function look(pid) {
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
