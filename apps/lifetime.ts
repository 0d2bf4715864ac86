import type { Logger } from 'pino';

/** Longer than the longest request: after it the process ends whatever still runs. */
const SHUTDOWN_TIMEOUT_MS = 70_000;

/**
 * Runs something until a signal asks it to stop, and then stops it in good order. A second signal ends the process
 * at once. `start` is handed what to call when the ground is lost under it.
 */
export async function untilStopped(
  logger: Logger,
  start: (onLost: () => void) => Promise<{ stop(): Promise<void> }>,
): Promise<void> {
  let stopReason: NodeJS.Signals | 'lost' | null = null;
  let stop: (() => Promise<void>) | null = null;

  const shutDown = async (): Promise<void> => {
    setTimeout(() => process.exit(1), SHUTDOWN_TIMEOUT_MS).unref();
    await stop?.().catch((error: unknown) => logger.error(error, 'could not stop in good order'));
    process.exit(stopReason === 'lost' ? 1 : 0);
  };
  const requestStop = (reason: NodeJS.Signals | 'lost'): void => {
    if (stopReason !== null) {
      if (reason !== 'lost') process.exit(130);
      return;
    }
    stopReason = reason;
    logger.info(reason === 'lost' ? 'the database has ended: stopping' : `${reason}: stopping`);
    if (stop) void shutDown();
  };
  process.on('SIGTERM', requestStop).on('SIGINT', requestStop);
  const running = await start(() => requestStop('lost'));
  stop = () => running.stop();
  if (stopReason) await shutDown();
}
