import { spawn } from 'node:child_process';

/**
 * The shell's input ends when the test run ends, however it ends. Then what the run left is cleared away:
 * the API server, if that pid still is it, and the directory, once the database servers in it are down.
 */
const SCRIPT = `directory=$1
cat > /dev/null
end_server() {
  pid=$(cat "$directory/server.pid" 2> /dev/null)
  [ -n "$pid" ] || return
  if [ -d /proc/self ]; then words=$(tr '\\0' ' ' < "/proc/$pid/cmdline"); else words=$(ps -ww -o command= -p "$pid"); fi
  case "$words" in *"--parley-test-home=$directory"*) kill -"$1" "$pid" ;; esac
}
end_server TERM
left=100
while [ -n "$(find "$directory" -name postmaster.pid 2> /dev/null)" ] && [ "$left" -gt 0 ]; do sleep 0.2; left=$((left - 1)); done
end_server KILL
for _ in 1 2 3 4 5; do rm -rf "$directory" && break; sleep 0.5; done`;

/** Starts the reaper of a test run's directory. The function it returns ends it once there is nothing left to do. */
export function startCleanupProcess(directory) {
  const reaper = spawn('/bin/sh', ['-c', SCRIPT, 'parley-test-reaper', directory], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  reaper.on('error', () => undefined);
  reaper.stdin.on('error', () => undefined);
  reaper.unref();
  reaper.stdin.unref();
  return () => reaper.stdin.end();
}
