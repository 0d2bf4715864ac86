import { rm } from 'node:fs/promises';

/** Runs after the last test. Stops the processes of global-setup and removes its directory. */
export default async function globalTeardown() {
  const run = globalThis.parleyTestRun;
  if (run === undefined) return;
  await run.server?.stop();
  await run.mail?.stop();
  await run.postgres?.stop();
  await rm(run.home, { recursive: true, force: true, maxRetries: 5 });
  run.endCleanup();
}
