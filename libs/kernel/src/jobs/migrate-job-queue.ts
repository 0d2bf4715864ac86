import { Logger } from '@nestjs/common';
import { runMigrations } from 'graphile-worker';
import { graphileLogger } from './graphile-logger.js';

/** Brings the tables of the job queue on Postgres up to date. */
export async function migrateJobQueue(databaseUrl: string): Promise<void> {
  await runMigrations({ connectionString: databaseUrl, logger: graphileLogger(new Logger('Jobs')) });
}
