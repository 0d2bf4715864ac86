import { createHash } from 'node:crypto';
import Fastify from 'fastify';
import pg from 'pg';
import { newId } from '@parley/kernel';
import type { Total } from '@parley/kernel/pagination';
import { rowTypes } from '../libs/kernel/src/database/row-types.js';
import { EXACT_TOTAL_LIMIT } from '../libs/kernel/src/pagination/page.js';
import {
  toState,
  toView,
  type ConversationRow,
  type ConversationStateRow,
} from '../libs/messaging/src/conversations/conversation-row.js';
import { toConversationDto } from '../libs/messaging/src/conversations/dto/conversation.dto.js';
import { toMessageDto } from '../libs/messaging/src/messages/dto/message.dto.js';
import { defaultAuthor, messageEffects, messageEventData } from '../libs/messaging/src/messages/message-effects.js';
import { toMessageView, type MessageRow } from '../libs/messaging/src/messages/message-row.js';
import {
  addQuery,
  eventQuery,
  firstPage,
  getQuery,
  listResponse,
  listQuery,
  lockQuery,
  seenQuery,
  type Query,
} from './captured-sql.js';

/**
 * The minimal server that returns the same responses from the same SQL statements: Fastify and pg, without modules,
 * validation, limits, logs, metrics or error handling. The difference to Parley is the cost of these.
 */

const KEY =
  'select k.id, k.workspace_id, k.user_id from teams.api_keys k where k.key_hash = $1 and k.revoked_at is null';
const TOTAL_SECONDS = 60;
const KEY_SECONDS = 5;

type PageRow = ConversationRow & { __count: number | null; __keys: (string | number)[] | null };

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: Number(process.env.PARLEY_POOL ?? 12),
  options: '-c timezone=UTC',
});
const app = Fastify({ logger: false });
const keys = new Map<string, { workspaceId: string; userId: string; until: number }>();
let total: { value: Total; until: number } | null = null;
/** The text of a statement is cached; only its values are computed for each request. */
const texts = new Map<string, Query>();

async function run<Row extends pg.QueryResultRow>(connection: pg.Pool | pg.PoolClient, query: Query): Promise<Row[]> {
  return (
    await connection.query<Row>({
      name: query.name,
      text: query.text,
      values: query.values as unknown[],
      types: rowTypes,
    })
  ).rows;
}

async function authenticate(authorization: string | undefined): Promise<{ workspaceId: string; userId: string }> {
  const hash = createHash('sha256').update(authorization!.slice('Bearer '.length)).digest('hex');
  const cached = keys.get(hash);
  if (cached && cached.until > Date.now()) return cached;
  const [row] = await run<{ workspace_id: string; user_id: string }>(pool, {
    name: 'bare.key',
    text: KEY,
    values: [hash],
  });
  const found = { workspaceId: row!.workspace_id, userId: row!.user_id, until: Date.now() + KEY_SECONDS * 1000 };
  keys.set(hash, found);
  return found;
}

async function page(workspaceId: string): Promise<string> {
  const cached = total && total.until > Date.now() ? total.value : null;
  const request = { ...firstPage(workspaceId), cursorTotal: cached };
  const label = cached ? 'page' : 'page with total';
  const query = texts.get(label) ?? (await listQuery(workspaceId, request));
  texts.set(label, query);
  const rows = await run<PageRow>(pool, query);
  const counted = rows[0]?.__count ?? 0;
  if (cached || counted <= EXACT_TOTAL_LIMIT) return listResponse(request, rows, cached);
  const [plan] = await run<{ 'QUERY PLAN': { Plan: { 'Plan Rows': number } }[] }>(pool, {
    name: 'bare.estimate',
    text: 'explain (format json) select 1 from messaging.conversations c where c.workspace_id = $1',
    values: [workspaceId],
  });
  const value = { value: Math.max(EXACT_TOTAL_LIMIT + 1, plan!['QUERY PLAN'][0]!.Plan['Plan Rows']), estimate: true };
  total = { value, until: Date.now() + TOTAL_SECONDS * 1000 };
  return listResponse(request, rows, value);
}

async function createMessage(
  workspaceId: string,
  userId: string,
  conversationId: string,
  body: string,
): Promise<string> {
  const client = await pool.connect();
  try {
    await client.query('START TRANSACTION');
    const [row] = await run<ConversationStateRow & { contact_name: string | null; actor_name: string | null }>(
      client,
      await lockQuery(workspaceId, conversationId, userId),
    );
    const state = toState(row!);
    const now = new Date().toISOString();
    const author = defaultAuthor(
      'comment',
      { kind: 'user', id: userId },
      { id: state.contactId, name: row!.contact_name },
      row!.actor_name,
    );
    const message = {
      id: newId(),
      conversationId,
      type: 'comment' as const,
      body,
      bodyHtml: null,
      contentType: 'text' as const,
      contentAttributes: {},
      author,
      attachments: [],
      externalId: null,
      inReplyTo: null,
      mentions: [],
      createdAt: now,
    };
    const [added] = await run<MessageRow>(
      client,
      await addQuery(workspaceId, message, { ...state, ...messageEffects(state, 'comment', author, now) }, []),
    );
    await run(client, await seenQuery(workspaceId, state.contactId, now));
    await run(
      client,
      await eventQuery({
        id: newId(),
        workspaceId,
        type: 'message.created',
        aliases: [],
        subjectType: 'message',
        subjectId: message.id,
        actor: { kind: 'user', id: userId },
        data: messageEventData(toMessageView(added!), state.contactId),
        correlationId: newId(),
        causationId: null,
        depth: 0,
        occurredAt: now,
      }),
    );
    await client.query('COMMIT');
    return JSON.stringify({ data: toMessageDto(toMessageView(added!), (id) => id) });
  } finally {
    client.release();
  }
}

app.addHook('onRequest', (_request, reply, done) => {
  reply.type('application/json; charset=utf-8');
  done();
});
app.get('/v1/conversations', async ({ headers }) => page((await authenticate(headers.authorization)).workspaceId));
app.get<{ Params: { id: string } }>('/v1/conversations/:id', async ({ headers, params }) => {
  const { workspaceId } = await authenticate(headers.authorization);
  const [row] = await run<ConversationRow>(pool, await getQuery(workspaceId, params.id));
  return JSON.stringify({ data: toConversationDto(toView(row!)) });
});
app.post<{ Params: { id: string }; Body: { body: string } }>(
  '/v1/conversations/:id/messages',
  async ({ headers, params, body }, reply) => {
    const { workspaceId, userId } = await authenticate(headers.authorization);
    reply.status(201);
    return createMessage(workspaceId, userId, params.id, body.body);
  },
);
app.get('/readyz', () => '{}');

await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
process.on(
  'SIGTERM',
  () =>
    void app
      .close()
      .then(() => pool.end())
      .then(() => process.exit(0)),
);
