import { join } from 'node:path';
import { startEmbeddedPostgres } from '@parley/embedded-postgres';
import type { Settings } from '@parley/kernel';
import { migrate } from '@parley/kernel/database';
import type { Logger } from 'pino';

/** The database of a process, migrated. */
export interface ProcessDatabase {
  readonly url: string;
  /** Ends it where it is this process's own. */
  stop(): Promise<void>;
}

/**
 * Makes the database ready: the operator's own where there is one, else the embedded one under `PARLEY_HOME`.
 * `onLost` is called when the embedded one ends by itself: nothing can be served any more.
 */
export async function openDatabase(settings: Settings, logger: Logger, onLost: () => void): Promise<ProcessDatabase> {
  if (settings.databaseUrl !== null) {
    await migrate(settings.databaseUrl);
    return { url: settings.databaseUrl, stop: () => Promise.resolve() };
  }
  const log = logger.child({ context: 'Postgres' });
  const postgres = await startEmbeddedPostgres({
    directory: join(settings.home, 'postgres'),
    onLog: (line) => log.debug(line),
  });
  void postgres.exited.then(onLost);
  try {
    await migrate(postgres.url);
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  return { url: postgres.url, stop: () => postgres.stop() };
}
