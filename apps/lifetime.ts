import type { Logger } from 'pino';

/** Longer than the longest request: after it the process ends whatever still runs. */
const PATIENCE_MS = 70_000;

/**
 * Runs something until a signal asks it to stop, and then stops it in good order. A second signal ends the process
 * at once. `start` is handed what to call when the ground is lost under it.
 */
export async function untilStopped(
  logger: Logger,
  start: (onLost: () => void) => Promise<{ stop(): Promise<void> }>,
): Promise<void> {
  let asked: NodeJS.Signals | 'lost' | null = null;
  let stop: (() => Promise<void>) | null = null;

  const end = async (): Promise<void> => {
    setTimeout(() => process.exit(1), PATIENCE_MS).unref();
    await stop?.().catch((error: unknown) => logger.error(error, 'could not stop in good order'));
    process.exit(asked === 'lost' ? 1 : 0);
  };
  const ask = (why: NodeJS.Signals | 'lost'): void => {
    if (asked !== null) {
      if (why !== 'lost') process.exit(130);
      return;
    }
    asked = why;
    logger.info(why === 'lost' ? 'the database has ended: stopping' : `${why}: stopping`);
    if (stop) void end();
  };
  process.on('SIGTERM', ask).on('SIGINT', ask);
  const running = await start(() => ask('lost'));
  stop = () => running.stop();
  if (asked) await end();
}
