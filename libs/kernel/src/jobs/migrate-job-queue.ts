import { Logger, runMigrations } from 'graphile-worker';

/** There is no logger before the application starts. A failed step rejects. */
const SILENT = new Logger(() => () => undefined);

/** Migrates the tables of the Postgres job queue. */
export async function migrateJobQueue(databaseUrl: string): Promise<void> {
  await runMigrations({ connectionString: databaseUrl, logger: SILENT });
}
