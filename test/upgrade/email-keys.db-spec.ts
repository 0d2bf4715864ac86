import { randomUUID } from 'node:crypto';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '@parley/kernel/testing';

const WORKSPACE = randomUUID();
const FILE = new URL('../../migrations/1763800800000-identity-email-keys.ts', import.meta.url);

describe('upgrade to e-mail keys', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let runner: QueryRunner;
  let migration: MigrationInterface;

  beforeEach(async () => {
    database = await createTestDatabase();
    dataSource = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    runner = dataSource.createQueryRunner();
    const [Migration] = Object.values((await import(FILE.href)) as Record<string, new () => MigrationInterface>);
    migration = new Migration!();
    await migration.down(runner);
  });

  afterEach(async () => {
    await runner.release();
    await dataSource.destroy();
    await database.drop();
  });

  async function addContact(email: string, others: readonly string[] = []): Promise<string> {
    const id = randomUUID();
    await runner.query(
      `insert into identity.contacts (id, workspace_id, email, other_emails) values ($1, $2, $3, $4)`,
      [id, WORKSPACE, email, others],
    );
    for (const address of [email, ...others])
      await runner.query(
        `insert into identity.contact_emails (workspace_id, address, contact_id) values ($1, lower($2), $3)`,
        [WORKSPACE, address, id],
      );
    return id;
  }

  it('should normalize stored addresses and keep those that another contact has', async () => {
    const kelvin = await addContact('\u212aurt@x.example', ['ada@M\u00fcller.example']);
    const composed = await addContact('jos\u00e9@x.example');
    const combining = await addContact('jose\u0301@x.example');
    await migration.up(runner);
    const contacts = (await runner.query(`select id, email, other_emails from identity.contacts`)) as { id: string }[];
    expect(new Map(contacts.map((contact) => [contact.id, contact]))).toEqual(
      new Map([
        [kelvin, { id: kelvin, email: '\u212aurt@x.example', other_emails: ['ada@xn--mller-kva.example'] }],
        [composed, { id: composed, email: 'jos\u00e9@x.example', other_emails: [] }],
        [combining, { id: combining, email: expect.stringContaining('@x.example'), other_emails: [] }],
      ]),
    );
    const owners = (await runner.query(`select address, contact_id from identity.contact_emails`)) as {
      address: string;
      contact_id: string;
    }[];
    expect(owners).toHaveLength(4);
    expect(owners).toContainEqual({ address: '\u212aurt@x.example', contact_id: kelvin });
    expect(owners).toContainEqual({ address: 'ada@xn--mller-kva.example', contact_id: kelvin });
    const combined = [owners.find(({ contact_id }) => contact_id === composed)!.address];
    expect(combined.concat(owners.find(({ contact_id }) => contact_id === combining)!.address).sort()).toEqual([
      'jose\u0301@x.example',
      'jos\u00e9@x.example',
    ]);
  });
});
