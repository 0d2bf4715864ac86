import { randomUUID } from 'node:crypto';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '@parley/kernel/testing';

const WORKSPACE = randomUUID();
const FILES = [
  '1763801000000-kernel-search-text.ts',
  '1763801010000-identity-search-words.ts',
  '1763801020000-messaging-search-vector.ts',
  '1763801030000-knowledge-search-vector.ts',
  // Tickets are indexed by the same function.
  '1763801500000-workflow-tickets.ts',
  '1763801501000-workflow-ticket-links.ts',
];

async function load(file: string): Promise<MigrationInterface> {
  const url = new URL(`../../migrations/${file}`, import.meta.url);
  const [Migration] = Object.values((await import(url.href)) as Record<string, new () => MigrationInterface>);
  return new Migration!();
}

describe('upgrade to folded search text', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let runner: QueryRunner;
  let migrations: readonly MigrationInterface[];

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    runner = dataSource.createQueryRunner();
    migrations = await Promise.all(FILES.map(load));
    for (const migration of [...migrations].reverse()) await migration.down(runner);
  });

  afterAll(async () => {
    await runner?.release();
    await dataSource?.destroy();
    await database?.drop();
  });

  async function count(sql: string): Promise<number> {
    return ((await runner.query(`select count(*)::int as count from ${sql}`)) as { count: number }[])[0]!.count;
  }

  it('should find existing messages, subjects, contacts and articles when they were stored before', async () => {
    const [contact, conversation] = [randomUUID(), randomUUID()];
    await runner.query(`insert into identity.contacts (id, workspace_id, name) values ($1, $2, '山田太郎')`, [
      contact,
      WORKSPACE,
    ]);
    await runner.query(
      `insert into messaging.conversations (id, workspace_id, number, subject, status, priority, channel, contact_id,
         status_changed_at, last_activity_at, created_at, updated_at)
       values ($1, $2, 1, 'Straße', 'open', 'normal', 'api', $3, now(), now(), now(), now())`,
      [conversation, WORKSPACE, contact],
    );
    await runner.query(
      `insert into messaging.messages (id, workspace_id, conversation_id, type, author_type, body, created_at, updated_at)
       values ($1, $2, $3, 'comment', 'contact', 'ORD-2024-00917 昨日注文した', now(), now())`,
      [randomUUID(), WORKSPACE, conversation],
    );
    await runner.query(
      `insert into knowledge.articles (id, workspace_id, locale, slug, title, body, body_html, body_text, created_at,
         updated_at) values ($1, $2, 'fr', 'a', 'Crème', '', '', '', now(), now())`,
      [randomUUID(), WORKSPACE],
    );
    for (const migration of migrations) await migration.up(runner);
    expect(await count(`messaging.messages where search @@ '00917'::tsquery`)).toBe(1);
    expect(await count(`messaging.messages where search @@ '注文'::tsquery`)).toBe(1);
    expect(
      await count(`messaging.conversations where kernel.search_vector(coalesce(subject, '')) @@ 'strasse'::tsquery`),
    ).toBe(1);
    expect(await count(`identity.contacts where words like '%' || kernel.search_words('太郎') || '%'`)).toBe(1);
    expect(await count(`knowledge.articles where search @@ 'creme'::tsquery`)).toBe(1);
  });
});
