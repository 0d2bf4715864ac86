import { spawn } from 'node:child_process';
import { Socket } from 'node:net';

/**
 * The shell waits for the end of its input, which occurs when the parent ends for any reason. Then it signals the
 * server if the PID is still the server of this data directory.
 */
const SCRIPT = `cat > /dev/null
if [ -d /proc/self ]; then args=$(tr '\\0' ' ' < "/proc/$1/cmdline"); else args=$(ps -ww -o command= -p "$1"); fi
case "$args " in *"postgres -D $2 "*) kill -INT "$1";; esac`;

/**
 * Starts a process that stops the server when this process ends, if the kernel cannot do it. A call of the returned
 * function before the server has stopped has the same effect as the end of this process.
 */
export function startWatchdog(postmaster: number, dataDirectory: string): () => void {
  const watchdog = spawn('/bin/sh', ['-c', SCRIPT, 'parley-watchdog', String(postmaster), dataDirectory], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watchdog.on('error', () => undefined);
  watchdog.stdin.on('error', () => undefined);
  watchdog.unref();
  // The pipe is a socket internally, which its type does not show.
  if (watchdog.stdin instanceof Socket) watchdog.stdin.unref();
  return () => watchdog.stdin.end();
}
