import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings, SettingsError } from '@parley/kernel';
import { createTestDatabase, freePort, type TestDatabase } from '@parley/kernel/testing';
import pg from 'pg';
import { checkPort, checkSettings } from './start-checks.js';

describe('checks at the start', () => {
  let home: string;
  let database: TestDatabase;
  let occupied: Server;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'parley-start-'));
    database = await createTestDatabase();
    occupied = createServer();
    await new Promise<void>((resolve) => occupied.listen(0, '127.0.0.1', resolve));
  });

  afterAll(async () => {
    await new Promise((resolve) => occupied.close(resolve));
    await database.drop();
    await rm(home, { recursive: true });
  });

  async function messageFor(env: Record<string, string>): Promise<string> {
    const settings = readSettings({ PARLEY_HOME: home, ...env });
    const error: unknown = await checkPort(settings)
      .then(() => checkSettings(settings))
      .catch((reason: unknown) => reason);
    if (error === undefined) return 'none';
    expect(error).toBeInstanceOf(SettingsError);
    return (error as Error).message;
  }

  /** The URL of the test database with another part. */
  function urlWith(change: Partial<Pick<URL, 'hostname' | 'port' | 'username' | 'password' | 'pathname'>>): string {
    return Object.assign(new URL(database.url), change).href;
  }

  it('should accept settings that can be used, and leave nothing behind', async () => {
    expect(await messageFor({ PORT: '0', DATABASE_URL: database.url })).toBe('none');
    expect(await messageFor({ PORT: '0' })).toBe('none');
    expect(await readdir(home)).toEqual([]);
  });

  it('should create PARLEY_HOME with its parents', async () => {
    const folder = join(home, 'a', 'b');
    expect(await messageFor({ PORT: '0', PARLEY_HOME: folder })).toBe('none');
    expect(await readdir(folder)).toEqual([]);
    await rm(join(home, 'a'), { recursive: true });
  });

  it.each([
    ['refuses connections', { hostname: '127.0.0.1', port: 'free' }, /no server accepts connections on 127.0.0.1:\d+/],
    ['is unknown', { hostname: 'db.invalid' }, /the host db.invalid cannot be found/],
    ['rejects the password', { password: 'wrong' }, /rejects the user \w+: .*password/],
    ['rejects the user', { username: 'stranger' }, /rejects the user stranger/],
    ['has no such database', { pathname: '/missing' }, /the database missing does not exist .* createdb missing/],
  ])('should name DATABASE_URL when the server %s', async (_title, change, expected) => {
    const { port } = change as { port?: string };
    const url = urlWith(port === 'free' ? { ...change, port: String(await freePort()) } : change);
    const message = await messageFor({ PORT: '0', DATABASE_URL: url });
    expect(message).toMatch(expected);
    expect(message).toMatch(/^DATABASE_URL: [^\n]+$/);
    expect(message).not.toContain(new URL(database.url).password);
  });

  it('should contain the statement that grants a missing privilege', async () => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      const { rows } = await client.query<{ name: string }>('select current_database() as name');
      const { name } = rows[0]!;
      await client.query(`revoke create on database "${name}" from current_user`);
      expect(await messageFor({ PORT: '0', DATABASE_URL: database.url })).toContain(
        `Run: grant create on database "${name}" to "${new URL(database.url).username}"`,
      );
      await client.query(`grant create on database "${name}" to current_user`);
    } finally {
      await client.end();
    }
  });

  it('should name PORT when it is in use', async () => {
    const { port } = occupied.address() as AddressInfo;
    expect(await messageFor({ PORT: String(port) })).toMatch(
      new RegExp(`^PORT: ${port} is in use on 127.0.0.1. Stop .* or set PORT to another port$`),
    );
  });

  it('should name HOST when it is not an address of the machine', async () => {
    expect(await messageFor({ HOST: '192.0.2.1' })).toMatch(/^HOST: 192.0.2.1 is not an address of this machine/);
  });

  it('should name PARLEY_HOME when it cannot be written to', async () => {
    const file = join(home, 'file');
    await writeFile(file, '');
    const folder = join(home, 'folder');
    await mkdir(folder);
    for (const [path, expected] of [
      [file, /^PARLEY_HOME: .*file is or contains a file/],
      [join(file, 'inside'), /^PARLEY_HOME: .*inside is or contains a file/],
      ['/proc/parley/home', /^PARLEY_HOME: this user cannot write to \/proc\/parley\/home/],
    ] as const)
      expect(await messageFor({ PORT: '0', PARLEY_HOME: path })).toMatch(expected);
    await rm(file);
    await rm(folder, { recursive: true });
  });

  it('should name PARLEY_ADMIN_PASSWORD when a first start would set a weak password', async () => {
    const env = { PORT: '0', PARLEY_ADMIN_PASSWORD: 'password123' };
    expect(await messageFor(env)).toMatch(/^PARLEY_ADMIN_PASSWORD must not be easy to guess/);
    // The test database has been migrated, so the password has no effect.
    expect(await messageFor({ ...env, DATABASE_URL: database.url })).toBe('none');
  });
});
