import pg from 'pg';

const CHUNK = 50_000;

/** IDs that sort by time like UUIDv7: 48 bits of milliseconds, then the number of the row. */
export const ID = (millis: string, salt: string, row = 'i'): string =>
  `(lpad(to_hex(${millis}), 12, '0') || '7' || substr(md5(${salt} || ${row}), 1, 3) || '8'
    || substr(md5(${salt} || 'b' || ${row}), 1, 15))::uuid`;

const CONTACTS = `
  insert into identity.contacts (id, workspace_id, email, name, conversation_count, created_at, updated_at)
  select ${ID('1700000000000 + i', `'contact'`)}, $1, 'person' || i || '@example.com', 'Person ' || i, 4,
    to_timestamp(1700000000 + i * 0.001), to_timestamp(1700000000 + i * 0.001)
  from generate_series($2::bigint, $3::bigint) i`;

const EMAILS = `
  insert into identity.contact_emails (workspace_id, address, contact_id)
  select workspace_id, lower(email), id from identity.contacts where workspace_id = $1`;

const CONVERSATIONS = `
  insert into messaging.conversations (id, workspace_id, number, subject, status, priority, channel, contact_id, tags,
    status_changed_at, last_activity_at, message_count, unread_count,
    waiting_since, last_message, created_at, updated_at)
  select ${ID('1720000000000 + i * 1000', `'conversation'`)}, $1, i, 'Question about order ' || i,
    (array['open', 'open', 'pending', 'resolved', 'closed'])[1 + i % 5],
    (array['normal', 'high', 'low', 'urgent'])[1 + i % 4], (array['email', 'api', 'whatsapp'])[1 + i % 3],
    (select ${ID(`1700000000000 + (i / 4)`, `'contact'`, '(i / 4)')}),
    array[(array['billing', 'shipping', 'returns', 'vip'])[1 + i % 4]], at, at, 1, 1, at,
    jsonb_build_object('id', ${ID('1720000000000 + i * 1000', `'message'`)}, 'type', 'comment',
      'body', 'Where is my order ' || i || '?', 'author_type', 'contact', 'author_name', 'Person ' || i / 4,
      'created_at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')), at, at
  from (select i, to_timestamp(1720000000 + i) as at from generate_series($2::bigint, $3::bigint) i) numbered`;

const MESSAGES = `
  insert into messaging.messages (id, workspace_id, conversation_id, type, author_type, author_id, author_name, body,
    created_at, updated_at)
  select ${ID('1720000000000 + i * 1000', `'message'`)}, $1,
    ${ID('1720000000000 + i * 1000', `'conversation'`)}, 'comment', 'contact',
    (select ${ID(`1700000000000 + (i / 4)`, `'contact'`, '(i / 4)')}), 'Person ' || i / 4,
    'Where is my order ' || i || '?', to_timestamp(1720000000 + i), to_timestamp(1720000000 + i)
  from generate_series($2::bigint, $3::bigint) i`;

/**
 * Fills a workspace with conversations of one message each, with one contact per four conversations, and updates the
 * statistics.
 */
export async function seed(
  databaseUrl: string,
  workspaceId: string,
  conversations: number,
  onProgress: (done: number) => void,
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('set synchronous_commit = off');
    await client.query('set maintenance_work_mem = 512000');
    for (let first = 1; first <= conversations; first += CHUNK) {
      const last = Math.min(first + CHUNK - 1, conversations);
      const previous = first === 1 ? 0 : Math.floor((first - 1) / 4) + 1;
      await client.query(CONTACTS, [workspaceId, previous, Math.floor(last / 4)]);
      await client.query(CONVERSATIONS, [workspaceId, first, last]);
      await client.query(MESSAGES, [workspaceId, first, last]);
      onProgress(last);
    }
    await client.query(EMAILS, [workspaceId]);
    await client.query('insert into messaging.conversation_numbers (workspace_id, last) values ($1, $2)', [
      workspaceId,
      conversations,
    ]);
    for (const table of [
      'identity.contacts',
      'identity.contact_emails',
      'messaging.conversations',
      'messaging.messages',
    ])
      await client.query(`vacuum (analyze) ${table}`);
    await client.query('checkpoint').catch(() => undefined);
  } finally {
    await client.end();
  }
}

/** IDs spread evenly over all conversations of a workspace. */
export async function sampleIds(databaseUrl: string, workspaceId: string, count: number): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>(
      `select id from messaging.conversations where workspace_id = $1 and status <> 'closed' and number = any(
         select (1 + (i * (select last - 1 from messaging.conversation_numbers where workspace_id = $1) / $2))::bigint
         from generate_series(1, $2::bigint) i)`,
      [workspaceId, count],
    );
    return rows.map((row) => row.id);
  } finally {
    await client.end();
  }
}
