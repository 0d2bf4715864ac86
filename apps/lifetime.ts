import type { Logger } from 'pino';

/** Longer than the longest request. After this time the process exits without waiting for pending work. */
const SHUTDOWN_TIMEOUT_MS = 70_000;

/**
 * Runs a service until a signal requests its stop, and then stops it gracefully. A second signal exits the process
 * immediately. `start` receives a callback for the loss of the database.
 */
export async function untilStopped(
  logger: Logger,
  start: (onLost: () => void) => Promise<{ stop(): Promise<void> }>,
): Promise<void> {
  let stopReason: NodeJS.Signals | 'lost' | null = null;
  let stop: (() => Promise<void>) | null = null;

  const shutDown = async (): Promise<void> => {
    setTimeout(() => process.exit(1), SHUTDOWN_TIMEOUT_MS).unref();
    await stop?.().catch((error: unknown) => logger.error(error, 'Cannot stop gracefully'));
    process.exit(stopReason === 'lost' ? 1 : 0);
  };
  const requestStop = (reason: NodeJS.Signals | 'lost'): void => {
    if (stopReason !== null) {
      if (reason !== 'lost') process.exit(130);
      return;
    }
    stopReason = reason;
    logger.info(reason === 'lost' ? 'Stopping because the database ended' : `Stopping because of ${reason}`);
    if (stop) void shutDown();
  };
  process.on('SIGTERM', requestStop).on('SIGINT', requestStop);
  const running = await start(() => requestStop('lost'));
  stop = () => running.stop();
  if (stopReason) await shutDown();
}
