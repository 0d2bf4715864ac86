import { startEmbeddedPostgres, type EmbeddedPostgres } from '@parley/embedded-postgres';

/** Kills the database and starts it again on the same port. */
export async function killDatabase(postgres: EmbeddedPostgres, directory: string): Promise<EmbeddedPostgres> {
  const { port } = postgres;
  const ended = postgres.exited;
  process.kill(postgres.pid, 'SIGKILL');
  await ended;
  return startEmbeddedPostgres({ directory, port });
}
