import { readdir } from 'node:fs/promises';
import { DataSource, type MigrationInterface } from 'typeorm';
import { migrateJobQueue } from '../jobs/migrate-job-queue.js';
import { dataSourceOptions } from './data-source.js';

type MigrationClass = new () => MigrationInterface;

const FOLDER = new URL('../../../../migrations/', import.meta.url);

async function migrationClasses(): Promise<MigrationClass[]> {
  const files = (await readdir(FOLDER)).filter((file) => /^\d{13}-[a-z]+-[a-z0-9-]+\.(js|ts)$/.test(file)).sort();
  const modules = await Promise.all(
    files.map((file) => import(new URL(file, FOLDER).href) as Promise<Record<string, unknown>>),
  );
  return modules.flatMap((module) =>
    Object.values(module).filter((value): value is MigrationClass => typeof value === 'function'),
  );
}

/**
 * Applies all pending migrations. Can be called by several processes at the same time: an advisory lock lets one work
 * while the others wait and then have nothing to do. Each migration runs in its own transaction. The library of the job
 * queue creates its own tables in the schema `graphile_worker`.
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const options = dataSourceOptions(databaseUrl, 2);
  const dataSource = new DataSource({
    ...options,
    migrations: await migrationClasses(),
    migrationsTableName: 'parley_migrations',
    migrationsTransactionMode: 'each',
    extra: { ...(options.extra as object), statement_timeout: 0, idle_in_transaction_session_timeout: 0 },
  } as typeof options);
  await dataSource.initialize();
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query(`select pg_advisory_lock(hashtextextended('parley.migrate', 0))`);
    await dataSource.runMigrations();
    await migrateJobQueue(databaseUrl);
  } finally {
    await lock.query(`select pg_advisory_unlock(hashtextextended('parley.migrate', 0))`).catch(() => undefined);
    await lock.release();
    await dataSource.destroy();
  }
}
