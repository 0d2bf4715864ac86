import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Logger } from '@nestjs/common';
import pg from 'pg';
import { startApiServer } from './api-server.mjs';
import { startMailServer } from './mail-server.mjs';
import { startCleanupProcess } from './cleanup-process.mjs';
import { requestedKinds } from './requested-tests.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const API = 'dist/apps/api/main.js';
const TEMPLATE = 'parley_template';

/** Durability is not needed here, and every test is faster without waiting for the disk. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  shared_buffers: '256MB',
};

/**
 * Runs before the first test. Creates a directory for everything that the run writes, a temporary Postgres with a
 * migrated template database if db-specs can run, and an API server if e2e-specs can run. Sets TMPDIR,
 * PARLEY_TEST_POSTGRES and, with the server, PARLEY_TEST_URL, PARLEY_TEST_HOME and PARLEY_TEST_MAIL, the folder for
 * e-mails sent by the server.
 */
export default async function globalSetup(globalConfig, projectConfig) {
  Logger.overrideLogger(['warn', 'error', 'fatal']);
  const requested = requestedKinds(globalConfig, projectConfig.roots);
  const home = await mkdtemp(path.join(tmpdir(), 'parley-test-'));
  const run = { home, endCleanup: startCleanupProcess(home), postgres: null, mail: null, server: null };
  globalThis.parleyTestRun = run;
  // The Postgres of root runs as another account, which must be able to traverse the directory.
  await chmod(home, 0o711);
  process.env.TMPDIR = await temporaryFolder(home);
  try {
    if (!requested.database) return;
    run.postgres = await startPostgres(path.join(home, 'postgres'));
    process.env.PARLEY_TEST_POSTGRES = run.postgres.url;
    await migrateTemplate(run.postgres.url);
    if (requested.server && existsSync(path.join(root, API))) {
      run.mail = await startMailServer(path.join(home, 'mail'));
      process.env.PARLEY_TEST_MAIL = path.join(home, 'mail');
      run.server = await startServer(home, run.postgres.url, run.mail.url);
      process.env.PARLEY_TEST_URL = run.server.url;
      process.env.PARLEY_TEST_HOME = path.join(home, 'parley');
    }
  } catch (error) {
    await run.mail?.stop();
    await run.postgres?.stop();
    run.endCleanup();
    throw error;
  }
}

async function temporaryFolder(home) {
  const folder = path.join(home, 'tmp');
  await mkdir(folder);
  await chmod(folder, 0o1777);
  return folder;
}

async function startPostgres(directory) {
  const { startEmbeddedPostgres } = await importCompiled('libs/embedded-postgres/src/index.js');
  return startEmbeddedPostgres({ directory, settings: SETTINGS });
}

async function migrateTemplate(url) {
  await asAdministrator(url, `create database ${TEMPLATE}`);
  if (!existsSync(compiledPath('libs/kernel/src/database/migrate.js'))) return;
  const { migrate } = await importCompiled('libs/kernel/src/database/migrate.js');
  await migrate(withDatabaseName(url, TEMPLATE));
}

async function startServer(home, url, smtpUrl) {
  const parleyHome = path.join(home, 'parley');
  await mkdir(parleyHome);
  await asAdministrator(url, `create database parley_e2e template ${TEMPLATE}`);
  const env = {
    HOST: '127.0.0.1',
    PARLEY_HOME: parleyHome,
    DATABASE_URL: withDatabaseName(url, 'parley_e2e'),
    PARLEY_SIGNUP: 'open',
    PARLEY_ALLOW_NETWORKS: '127.0.0.0/8',
    SMTP_URL: smtpUrl,
    PARLEY_LOG_LEVEL: 'warn',
  };
  return startApiServer({ main: path.join(root, API), cwd: root, home, env });
}

async function asAdministrator(connectionString, statement) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function withDatabaseName(url, database) {
  return Object.assign(new URL(url), { pathname: `/${database}` }).href;
}

function compiledPath(file) {
  return path.join(root, 'dist', file);
}

function importCompiled(file) {
  return import(compiledPath(file));
}
