import { spawn } from 'node:child_process';

/**
 * The input of the shell ends when the test run ends for any reason. Then the script removes what the run left behind:
 * the API server, if the PID is still that server, and the directory, after the database servers in it have stopped.
 */
const SCRIPT = `directory=$1
cat > /dev/null
end_server() {
  pid=$(cat "$directory/server.pid" 2> /dev/null)
  [ -n "$pid" ] || return
  if [ -d /proc/self ]; then args=$(tr '\\0' ' ' < "/proc/$pid/cmdline")
  else args=$(ps -ww -o command= -p "$pid"); fi
  case "$args" in *"--parley-test-home=$directory"*) kill -"$1" "$pid" ;; esac
}
end_server TERM
remaining=100
while [ -n "$(find "$directory" -name postmaster.pid 2> /dev/null)" ] && [ "$remaining" -gt 0 ]; do
  sleep 0.2
  remaining=$((remaining - 1))
done
end_server KILL
for _ in 1 2 3 4 5; do rm -rf "$directory" && break; sleep 0.5; done`;

/**
 * Starts the cleanup process for the directory of a test run. Returns a function that ends it when there is nothing
 * left to do.
 */
export function startCleanupProcess(directory) {
  const cleanup = spawn('/bin/sh', ['-c', SCRIPT, 'parley-test-cleanup', directory], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  cleanup.on('error', () => undefined);
  cleanup.stdin.on('error', () => undefined);
  cleanup.unref();
  cleanup.stdin.unref();
  return () => cleanup.stdin.end();
}
