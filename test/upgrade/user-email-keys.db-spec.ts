import { randomUUID } from 'node:crypto';
import { ConsoleLogger, Logger } from '@nestjs/common';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { normalizeEmail } from '@parley/kernel/email';
import { createTestDatabase, type TestDatabase } from '@parley/kernel/testing';

const FILE = new URL('../../migrations/1763801420000-teams-email-keys.ts', import.meta.url);
const WORKSPACE = randomUUID();

class RecordingLogger extends ConsoleLogger {
  readonly warnings: string[] = [];

  override warn(message: string): void {
    this.warnings.push(message);
  }
}

describe('upgrade to e-mail keys of users', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let runner: QueryRunner;
  let logger: RecordingLogger;

  beforeEach(async () => {
    database = await createTestDatabase();
    dataSource = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    runner = dataSource.createQueryRunner();
    logger = new RecordingLogger();
    Logger.overrideLogger(logger);
    await runner.query(`insert into teams.workspaces (id, name, plan) values ($1, 'Acme', 'starter')`, [WORKSPACE]);
  });

  afterEach(async () => {
    Logger.overrideLogger(false);
    await runner.release();
    await dataSource.destroy();
    await database.drop();
  });

  async function addUser(email: string, homeWorkspaceId: string | null = null): Promise<string> {
    const id = randomUUID();
    await runner.query(`insert into teams.users (id, email, name, home_workspace_id) values ($1, $2, 'Ada', $3)`, [
      id,
      email,
      homeWorkspaceId,
    ]);
    return id;
  }

  async function migrate(): Promise<void> {
    const [Migration] = Object.values((await import(FILE.href)) as Record<string, new () => MigrationInterface>);
    await new Migration!().up(runner);
  }

  async function emailOf(id: string): Promise<string> {
    const [row] = (await runner.query(`select email from teams.users where id = $1`, [id])) as { email: string }[];
    return row!.email;
  }

  it.each([
    'ada@M\u00fcller.example',
    'jose\u0301@x.example',
    ' ada@x.example\t',
    'a\u200bda@x.example',
    'Ada@X.example',
    '\u212aurt@x.example',
  ])('should store the address that a sign-in looks up when it was %j', async (email) => {
    const id = await addUser(email);
    await migrate();
    expect(await emailOf(id)).toBe(normalizeEmail(email));
    expect(logger.warnings).toEqual([]);
  });

  it('should keep the address and log both users when another account has the normalized one', async () => {
    const first = await addUser('ada@xn--mller-kva.example');
    const second = await addUser('ada@m\u00fcller.example');
    const local = await addUser('ada@m\u00fcller.example', WORKSPACE);
    await migrate();
    expect([await emailOf(first), await emailOf(second), await emailOf(local)]).toEqual([
      'ada@xn--mller-kva.example',
      'ada@m\u00fcller.example',
      'ada@xn--mller-kva.example',
    ]);
    expect(logger.warnings).toEqual([expect.stringContaining(second)]);
    expect(logger.warnings[0]).toContain(first);
  });
});
