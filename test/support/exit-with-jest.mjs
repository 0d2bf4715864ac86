import { isMainThread, Worker } from 'node:worker_threads';

// Loaded into every Node process of a test run. Ends a Jest worker when its Jest process has ended. Runs in a thread,
// because a test that blocks the main thread would prevent the check.
const WATCH = `
const jest = process.ppid;
setInterval(() => process.ppid === jest || process.kill(process.pid, 'SIGKILL'), 250);`;

if (isMainThread && process.send && process.argv[1]?.includes('jest-worker')) {
  new Worker(WATCH, { eval: true, execArgv: [], stdin: false }).unref();
}
