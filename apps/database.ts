import { join } from 'node:path';
import { startEmbeddedPostgres } from '@parley/embedded-postgres';
import type { Settings } from '@parley/kernel';
import { migrate } from '@parley/kernel/database';
import type { Logger } from 'pino';
import { checkSettings } from './start-checks.js';

/** The migrated database of a process. */
export interface ProcessDatabase {
  readonly url: string;
  /** Stops the database if this process started it. */
  stop(): Promise<void>;
}

/**
 * Opens and migrates the database: the one of `DATABASE_URL` if it is set, else the embedded one under `PARLEY_HOME`.
 * Checks the settings first. Calls `onLost` if the embedded server ends unexpectedly, because the process can then no longer serve requests.
 */
export async function openDatabase(settings: Settings, logger: Logger, onLost: () => void): Promise<ProcessDatabase> {
  await checkSettings(settings);
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
