import pg from 'pg';
import { createTestDatabase } from './test-database.js';

describe('createTestDatabase', () => {
  it('should create a separate database for each caller and drop it', async () => {
    const [item, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    const client = new pg.Client({ connectionString: item.url });
    client.on('error', () => undefined);
    await client.connect();
    await client.query('create table only_here ()');
    const { rows } = await client.query("select extname from pg_extension where extname <> 'plpgsql' order by 1");
    expect(rows.map((row) => row.extname)).toEqual(expect.arrayContaining(['btree_gin', 'pg_trgm', 'unaccent']));

    expect(new URL(item.url).pathname).not.toBe(new URL(other.url).pathname);
    await item.drop();
    await other.drop();
    await expect(new pg.Client({ connectionString: item.url }).connect()).rejects.toThrow(/does not exist/);
  });
});
