import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { eventually } from '@parley/kernel/testing';
import { commandLine, isAlive } from './process-identity.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.js';

const COMPILED = new URL('../../../dist/libs/embedded-postgres/src/embedded-postgres.js', import.meta.url).href;
const HOLDER_SCRIPT = `
const { startEmbeddedPostgres } = await import(process.env.COMPILED);
const { pid, adopted, url } = await startEmbeddedPostgres({ directory: process.env.DIRECTORY });
console.log(JSON.stringify({ pid, adopted, url }));
setInterval(() => undefined, 1000);`;

interface Holder {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly adopted: boolean;
  readonly url: string;
}

/** Only root runs Postgres as another account, so other users cannot test it. */
const itAsRoot = process.getuid?.() === 0 ? it : it.skip;

describe('startEmbeddedPostgres', () => {
  let home: string;
  let directory: string;
  const children: ChildProcess[] = [];
  const servers: EmbeddedPostgres[] = [];

  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'parley-embedded-'));
    await chmod(home, 0o711);
    directory = path.join(home, 'postgres');
  });

  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await eventually(async () => (await postmasterPid(directory)) === 0, { timeoutMs: 10_000 });
  });

  afterAll(() => rm(home, { recursive: true, force: true }));

  it('should create a role that owns its database and is not a superuser', async () => {
    const { url } = await start();
    const [role] = await query(url, 'select * from pg_roles where rolname = current_user');
    expect(role).toMatchObject({ rolname: 'parley', rolsuper: false, rolcreatedb: true, rolcreaterole: true });
    const [database] = await query(
      url,
      'select pg_get_userbyid(datdba) as owner from pg_database where datname = current_database()',
    );
    expect(database).toEqual({ owner: 'parley' });
    const extensions = await query(url, 'select extname from pg_extension');
    expect(extensions.map(({ extname }) => extname)).toEqual(
      expect.arrayContaining(['pg_trgm', 'unaccent', 'btree_gin']),
    );
  });

  it('should be durable, listen on loopback only and store its passwords readable for its owner only', async () => {
    const { url } = await start();
    const settings = await query(
      url,
      "select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'listen_addresses')",
    );
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: 'on',
      synchronous_commit: 'on',
      listen_addresses: '127.0.0.1',
    });
    expect((await stat(path.join(directory, 'cluster.json'))).mode & 0o777).toBe(0o600);
  });

  it('should stop the server when its owner is killed', async () => {
    const { child, pid } = await startHolder();
    child.kill('SIGKILL');
    await eventually(() => !isAlive(pid), { timeoutMs: 2_000 });
  });

  it('should stop the server when its owner is killed and setpriv is not available', async () => {
    const { child, pid } = await startHolder({ PATH: await pathWithoutSetpriv() });
    child.kill('SIGKILL');
    await eventually(() => !isAlive(pid), { timeoutMs: 2_000 });
  });

  it('should share a running server and report when its owner stops it', async () => {
    const owner = await startHolder();
    const borrowed = await start();
    expect(borrowed).toMatchObject({ adopted: true, pid: owner.pid, url: owner.url });
    const adoptedAgain = await start();
    await adoptedAgain.stop();
    expect(isAlive(owner.pid)).toBe(true);
    owner.child.kill('SIGKILL');
    await borrowed.exited;
    const own = await start();
    expect(own.adopted).toBe(false);
  });

  it('should adopt and stop a server when its owner has ended', async () => {
    const owner = await startHolder({ PATH: await pathWithoutSetpriv() });
    const watchdog = await watchdogOf(owner.pid);
    process.kill(watchdog, 'SIGKILL');
    owner.child.kill('SIGKILL');
    await once(owner.child, 'exit');
    const adopted = await start();
    expect(adopted).toMatchObject({ adopted: true, pid: owner.pid });
    expect(await query(adopted.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await adopted.stop();
    expect(isAlive(owner.pid)).toBe(false);
  });

  it('should start one server when several callers start it at the same time', async () => {
    const [local, firstHandle, other] = await Promise.all([start(), startHolder(), startHolder()]);
    expect(new Set([local.pid, firstHandle.pid, other.pid]).size).toBe(1);
    expect([local, firstHandle, other].filter(({ adopted }) => !adopted)).toHaveLength(1);
  });

  it('should not signal a foreign process that a stale lock file refers to', async () => {
    const first = await start();
    const lock = path.join(directory, 'data', 'postmaster.pid');
    const text = await readFile(lock, 'utf8');
    await first.stop();
    const { uid, gid } = await stat(path.join(directory, 'data'));
    const foreignProcess = spawn('sleep', ['60'], {
      stdio: 'ignore',
      cwd: '/',
      ...(process.getuid?.() === 0 ? { uid, gid } : {}),
    });
    children.push(foreignProcess);
    await writeFile(lock, text.replace(/^\d+/, String(foreignProcess.pid)));
    const second = await start();
    expect(second.adopted).toBe(false);
    await second.stop();
    expect(foreignProcess.exitCode ?? foreignProcess.signalCode).toBeNull();
  });

  itAsRoot(
    'should run under a directory that other accounts cannot access when the user is root (skipped for other users, which cannot change the account)',
    async () => {
      const closed = path.join(home, 'closed');
      await mkdir(closed, { mode: 0o700 });
      const { child, url, pid } = await startHolder({ DIRECTORY: path.join(closed, 'postgres') });
      expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
      child.kill('SIGKILL');
      await eventually(() => !isAlive(pid), { timeoutMs: 2_000 });
    },
  );

  async function start(): Promise<EmbeddedPostgres> {
    const server = await startEmbeddedPostgres({ directory });
    servers.push(server);
    return server;
  }

  async function startHolder(env: Record<string, string> = {}): Promise<Holder> {
    const child = spawn(process.execPath, ['--input-type=module', '-e', HOLDER_SCRIPT], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, COMPILED, DIRECTORY: directory, ...env },
    });
    children.push(child);
    for await (const line of createInterface({ input: child.stdout })) {
      return { child, ...(JSON.parse(line) as Omit<Holder, 'child'>) };
    }
    throw new Error('the child process ended without a server');
  }

  /** A search path with the programs of the watchdog but without `setpriv`. */
  async function pathWithoutSetpriv(): Promise<string> {
    const folder = await mkdtemp(path.join(home, 'bin-'));
    for (const name of ['cat', 'tr', 'ps']) await symlink(`/bin/${name}`, path.join(folder, name));
    return folder;
  }
});

async function query(connectionString: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function postmasterPid(directory: string): Promise<number> {
  const text = await readFile(path.join(directory, 'data', 'postmaster.pid'), 'utf8').catch(() => '0');
  const pid = Number.parseInt(text, 10);
  return isAlive(pid) ? pid : 0;
}

async function watchdogOf(postmaster: number): Promise<number> {
  for (let pid = postmaster; pid < postmaster + 200; pid += 1) {
    const args = commandLine(pid) ?? [];
    if (args.includes('parley-watchdog') && args.includes(String(postmaster))) return pid;
  }
  throw new Error('no watchdog');
}
