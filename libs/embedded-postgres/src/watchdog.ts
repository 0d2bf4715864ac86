import { spawn } from 'node:child_process';

/**
 * The shell waits for the end of its input, which comes when the parent ends, however it ends; then it
 * signals the server if that pid still is the server of this data directory.
 */
const SCRIPT = `cat > /dev/null
if [ -d /proc/self ]; then words=$(tr '\\0' ' ' < "/proc/$1/cmdline"); else words=$(ps -ww -o command= -p "$1"); fi
case "$words " in *"postgres -D $2 "*) kill -INT "$1";; esac`;

/**
 * Has the server stopped when this process dies, where the kernel cannot be asked to. Calling the returned
 * function before the server was stopped has the same effect as dying.
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
  // The pipe is a socket underneath, but its type does not say so.
  (watchdog.stdin as unknown as { unref?: () => void }).unref?.();
  return () => watchdog.stdin.end();
}
