import pg from 'pg';
import { createTestDatabase } from '@parley/kernel/testing';
import { findForbiddenIdentifierWord } from '../../scripts/lint/language.mjs';
import { readText, sources } from './repository-files.js';
import { listJobNames, listSubscriberIds, listTimerKinds } from './stored-names.js';

/** Names of the objects in the schemas of Parley. */
const IDENTIFIERS = `
  with schemas as (
    select oid, nspname from pg_namespace
    where nspname !~ '^pg_' and nspname not in ('information_schema', 'public', 'graphile_worker')
  )
  select s.nspname || '.' || c.relname as name from pg_class c join schemas s on s.oid = c.relnamespace
  union select s.nspname || '.' || c.relname || '.' || a.attname from pg_class c
    join schemas s on s.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm')
  union select s.nspname || '.' || p.proname from pg_proc p join schemas s on s.oid = p.pronamespace
  union select s.nspname || '.' || k.conname from pg_constraint k join schemas s on s.oid = k.connamespace
  union select s.nspname || '.' || t.typname from pg_type t join schemas s on s.oid = t.typnamespace
  order by name`;

async function listIdentifiers(): Promise<string[]> {
  const database = await createTestDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<{ name: string }>(IDENTIFIERS)).rows.map(({ name }) => name);
  } finally {
    await client.end();
    await database.drop();
  }
}

function findViolations(names: readonly string[]): string[] {
  return names.filter((name) => findForbiddenIdentifierWord(name) !== null);
}

/** Pairs of an old and a new name in a migration that renames stored rows. */
const RENAMED = /\['([a-z]+\.[a-z-]+)', '([a-z]+\.[a-z-]+)'\]/g;
const renamed = [...readText('migrations/1763800520000-kernel-consumer-names.ts').matchAll(RENAMED)];

const production = sources.filter((file) => /^libs\/.*\.ts$/.test(file) && !/spec\.ts$|testing/.test(file));
const texts = production.map(readText);

describe('stored names', () => {
  it('should use standard terms in the database', async () => {
    const identifiers = await listIdentifiers();
    expect(identifiers).toContain('teams.sign_in_attempts.locked_until');
    expect(findViolations(identifiers)).toEqual([]);
  });

  it.each([
    ['subscriber IDs', listSubscriberIds(texts), 'messaging.reassign-conversations-on-user-deactivated'],
    ['job names', listJobNames(texts), 'identity.refresh-segment'],
    ['timer kinds', listTimerKinds(texts), 'messaging.unsnooze'],
  ])('should use standard terms in %s', (_kind, names, example) => {
    expect(names).toContain(example);
    expect(findViolations(names)).toEqual([]);
  });

  it('should be those that stored subscribers and jobs were renamed to', () => {
    const current = [...listSubscriberIds(texts), ...listJobNames(texts)];
    expect(renamed.map(([, , to]) => to!).filter((name) => !current.includes(name))).toEqual([]);
    const aliases = texts.flatMap((text) => [...text.matchAll(/aliases: \['([a-z.-]+)'\]/g)].map(([, name]) => name!));
    const oldJobs = renamed.filter(([, , to]) => listJobNames(texts).includes(to!)).map(([, from]) => from!);
    expect(aliases.sort()).toEqual(oldJobs.sort());
  });

  it.each([
    ['teams.sign_in_tries', 'tries'],
    ['teams.belongs_elsewhere', 'elsewhere'],
    ['analytics.keep-audit', 'keep'],
    ['messaging.hand-on-on-user-deactivated', 'hand'],
    ['kernel.job_outbox.publish_at', null],
  ])('should find the word in %s', (name, word) => {
    expect(findForbiddenIdentifierWord(name)).toBe(word);
  });
});
