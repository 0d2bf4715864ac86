import pg from 'pg';

/** Runs a statement on the database of the server under test: for what no call makes, or only slowly. */
export async function runSql(text: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
  const database = new pg.Client({ connectionString: Object.assign(new URL(process.env.PARLEY_TEST_POSTGRES!), { pathname: '/parley_e2e' }).href });
  await database.connect();
  try {
    return (await database.query<Record<string, unknown>>(text, values as unknown[])).rows;
  } finally {
    await database.end();
  }
}
