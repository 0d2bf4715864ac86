import { isMainThread, Worker } from 'node:worker_threads';

// Loaded into every Node process of a test run: a Jest worker ends when the Jest that drives it is gone.
// A thread looks, because a test that never yields would keep the main one from noticing.
const WATCH = `
const jest = process.ppid;
setInterval(() => process.ppid === jest || process.kill(process.pid, 'SIGKILL'), 250);`;

if (isMainThread && process.send && process.argv[1]?.includes('jest-worker')) {
  new Worker(WATCH, { eval: true, execArgv: [], stdin: false }).unref();
}
