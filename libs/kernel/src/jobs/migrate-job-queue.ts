import { Logger, runMigrations } from 'graphile-worker';

/** Before the application there is no log to tell of every step in; a step that fails rejects. */
const SILENT = new Logger(() => () => undefined);

/** Brings the tables of the job queue on Postgres up to date. */
export async function migrateJobQueue(databaseUrl: string): Promise<void> {
  await runMigrations({ connectionString: databaseUrl, logger: SILENT });
}
