import pg from 'pg';

/** Connects to the database of the server under test as its owner, for states that the API cannot create. */
export async function withDatabase<T>(work: (database: pg.Client) => Promise<T>): Promise<T> {
  const database = new pg.Client({
    connectionString: Object.assign(new URL(process.env.PARLEY_TEST_POSTGRES!), { pathname: '/parley_e2e' }).href,
  });
  await database.connect();
  try {
    return await work(database);
  } finally {
    await database.end();
  }
}

/** Runs one statement in the database of the server under test and returns its rows. */
export function runSql(text: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
  return withDatabase(
    async (database) => (await database.query<Record<string, unknown>>(text, values as unknown[])).rows,
  );
}
