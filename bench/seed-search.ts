import pg from 'pg';
import { ID } from './seed.js';

/** Size of the searched workspace. */
export interface SearchSize {
  readonly conversations: number;
  readonly messages: number;
}

/** Words with the frequencies of their names, in addition to the generated vocabulary. */
export const PLANTED = { rare: 'zeppelin', common: 'refund', veryCommon: 'delivery', twoLetters: 'ok' } as const;

const CHUNK = 50_000;
const WORKERS = 2;
const CONVERSATIONS_PER_CONTACT = 4;
const SENTENCES = 40_000;
const VOCABULARY = 60_000;
const FIRST_NAMES = [
  'Grace',
  'Ada',
  'Alan',
  'Barbara',
  'Edsger',
  'Margaret',
  'Donald',
  'Katherine',
  'Linus',
  'Radia',
  'Frances',
  'Dennis',
  'Hedy',
  'Claude',
  'Evelyn',
  'Niklaus',
  'Sophie',
  'Tim',
  'Joan',
  'Kristen',
];
const SYLLABLES = [
  'ba',
  'de',
  'fi',
  'go',
  'hu',
  'ja',
  'ke',
  'li',
  'mo',
  'nu',
  'pa',
  're',
  'si',
  'to',
  'vu',
  'wa',
  'ze',
  'chi',
  'dro',
  'flu',
  'gra',
  'ble',
  'cri',
  'sto',
  'tru',
  'pla',
  'sne',
  'ski',
  'pro',
  'qua',
  'lan',
  'men',
  'tin',
  'ron',
  'sul',
  'var',
  'nel',
  'dim',
  'cor',
  'bus',
];

const sqlArray = (terms: readonly string[]): string => `(array['${terms.join("','")}'])`;
const pickWord = (terms: readonly string[], number: string): string =>
  `${sqlArray(terms)}[1 + (${number}) % ${terms.length}]`;
/** A pseudo-random number below `range` that is derived from the row number `i`. */
const randomNumber = (salt: string, range: number | string): string =>
  `(abs(hashint8extended(i, ${salt}::bigint)) % ${range})`;

// The probability of a word of rank r is about 1 / r, as in natural language.
const GENERATED_WORD = [0, 1, 2]
  .map((position) => pickWord(SYLLABLES, `(rank * 7919 / ${40 ** position})`))
  .join(' || ');
const SENTENCE_TABLE = `
  create unlogged table if not exists public.bench_sentences as
  select n, (select string_agg(${GENERATED_WORD}, ' ') from (
      select floor(exp(random() * ln(${VOCABULARY})))::int as rank from generate_series(1, 6 + n * 0)
    ) drawn) as words
  from generate_series(0, ${SENTENCES - 1}) n`;

const CONTACT_OF = (number: string): string => ID(`1600000000000 + ${number}`, `'contact'`, number);
const CONVERSATION_OF = (number: string): string => ID(`1650000000000 + ${number} * 1000`, `'conversation'`, number);
const LAST_NAME = [2, 3, 4].map((salt) => pickWord(SYLLABLES, randomNumber(String(salt), 1_000_000))).join(' || ');
const NAME = `${pickWord(FIRST_NAMES, randomNumber('1', 1_000_000))} || ' ' || initcap(${LAST_NAME})`;

const CONTACTS = `
  insert into identity.contacts (id, workspace_id, email, name, conversation_count, created_at, updated_at)
  select ${CONTACT_OF('i')}, $1, lower(replace(name, ' ', '.')) || i || '@example.com', name,
    ${CONVERSATIONS_PER_CONTACT}, at, at
  from (
    select i, ${NAME} as name, now() - interval '730 days' as at from generate_series($2::bigint, $3::bigint) i
  ) person`;

const CONVERSATIONS = `
  insert into messaging.conversations (id, workspace_id, number, subject, status, priority, channel, contact_id,
    status_changed_at, last_activity_at, message_count, created_at, updated_at)
  select ${CONVERSATION_OF('i')}, $1, i, words || ' ' || i,
    ${pickWord(['open', 'pending', 'resolved', 'closed', 'closed'], 'i')}, 'normal',
    ${pickWord(['email', 'api', 'whatsapp'], 'i')},
    ${CONTACT_OF(`(i / ${CONVERSATIONS_PER_CONTACT})`)}, at, at, 10, at, at
  from (
    select i, now() - interval '730 days' * (1 - i / $4::float8) as at
    from generate_series($2::bigint, $3::bigint) i
  ) numbered
  join public.bench_sentences on n = ${randomNumber('5', SENTENCES)}`;

// Conversations overlap in time. A tenth of the messages contain a unique number.
const MESSAGES = `
  insert into messaging.messages (id, workspace_id, conversation_id, type, author_type, author_name, body,
    created_at, updated_at)
  select ${ID('1650000000000 + i * 100', `'message'`, 'i')}, $1, ${CONVERSATION_OF('conversation')},
    ${pickWord(['comment', 'comment', 'reply'], 'i')}, ${pickWord(['contact', 'contact', 'user'], 'i')}, 'Author',
    concat_ws(' ', a.words, case when ${randomNumber('6', 100)} = 0 then '${PLANTED.common}' end,
      case when ${randomNumber('7', 10)} = 0 then '${PLANTED.veryCommon}' end,
      case when ${randomNumber('8', 20)} = 0 then '${PLANTED.twoLetters}' end,
      case when i % 500000 = 4999 then '${PLANTED.rare}' end, case when i % 10 = 0 then 'A' || i end, b.words), at, at
  from (
    select i, greatest(1, least($5::bigint, i * $5::bigint / $4::bigint - ${randomNumber('9', 300)})) as conversation,
      now() - interval '730 days' * (1 - i / $4::float8) as at
    from generate_series($2::bigint, $3::bigint) i
  ) numbered join public.bench_sentences a on a.n = ${randomNumber('10', SENTENCES)}
  join public.bench_sentences b on b.n = ${randomNumber('11', SENTENCES)}`;

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const setting of [
    'synchronous_commit = off',
    `maintenance_work_mem = '1GB'`,
    'max_parallel_maintenance_workers = 2',
    `work_mem = '64MB'`,
  ]) {
    await client.query(`set ${setting}`);
  }
  return client;
}

/**
 * Drops the foreign keys of a table and its indexes except those of constraints. Returns the statements that create
 * them again.
 */
async function dropIndexes(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index i
     where indrelid = $1::regclass and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)`,
    [table],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  const { rows: keys } = await client.query<{ name: string; definition: string }>(
    `select quote_ident(conname) as name, pg_get_constraintdef(oid) as definition from pg_constraint
     where conrelid = $1::regclass and contype = 'f'`,
    [table],
  );
  for (const { name } of keys) await client.query(`alter table ${table} drop constraint ${name}`);
  return [
    ...rows.map(({ definition }) => definition),
    ...keys.map(({ name, definition }) => `alter table ${table} add constraint ${name} ${definition}`),
  ];
}

/**
 * Runs an insert for all numbers in chunks, several at the same time, so that rows are stored approximately in order.
 */
async function fill(
  url: string,
  insert: string,
  count: number,
  values: readonly unknown[],
  onProgress: (done: number) => void,
): Promise<void> {
  let next = 1;
  const work = async (): Promise<void> => {
    const client = await connect(url);
    try {
      for (let first = next; first <= count; first = next) {
        next = first + CHUNK;
        await client.query(insert, [values[0], first, Math.min(first + CHUNK - 1, count), ...values.slice(1)]);
        onProgress(Math.min(next - 1, count));
      }
    } finally {
      await client.end();
    }
  };
  const results = await Promise.allSettled(Array.from({ length: WORKERS }, work));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

/** Fills a workspace with conversations and messages of generated words. Indexes are built afterwards. */
export async function seedSearch(
  url: string,
  workspaceId: string,
  { conversations, messages }: SearchSize,
  onProgress: (label: string) => void,
): Promise<void> {
  const client = await connect(url);
  try {
    await client.query('select setseed(0.5)');
    await client.query(SENTENCE_TABLE);
    const tables = ['identity.contacts', 'messaging.conversations', 'messaging.messages'];
    const definitions: string[] = [];
    for (const table of tables) definitions.push(...(await dropIndexes(client, table)));
    const report = (label: string, total: number) => (done: number) => onProgress(`${label}: ${done} of ${total}`);
    const contacts = Math.floor(conversations / CONVERSATIONS_PER_CONTACT) + 1;
    await fill(url, CONTACTS, contacts, [workspaceId], report('contacts', contacts));
    await fill(url, CONVERSATIONS, conversations, [workspaceId, conversations], report('conversations', conversations));
    await fill(url, MESSAGES, messages, [workspaceId, messages, conversations], report('messages', messages));
    for (const definition of definitions) {
      onProgress(definition.slice(0, 60));
      await client.query(definition);
    }
    await client.query(
      `insert into messaging.conversation_numbers (workspace_id, last) values ($1, $2)
       on conflict (workspace_id) do update set last = excluded.last`,
      [workspaceId, conversations],
    );
    for (const table of tables) await client.query(`vacuum (analyze) ${table}`);
    await client.query('checkpoint').catch(() => undefined);
  } finally {
    await client.end();
  }
}
