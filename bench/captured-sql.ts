import type { Database, Statement } from '@parley/kernel/database';
import { toListResponse, parsePageRequest, type HttpPageRequest } from '@parley/kernel/pagination';
import { EventsRepository, type NewEventRow } from '../libs/kernel/src/events/events.repository.js';
import { ListReader } from '../libs/kernel/src/pagination/list-reader.service.js';
import { ContactsRepository } from '../libs/identity/src/contacts/contacts.repository.js';
import { ConversationListsRepository } from '../libs/messaging/src/conversations/conversation-lists.repository.js';
import { toView, type ConversationRow } from '../libs/messaging/src/conversations/conversation-row.js';
import { ConversationsRepository } from '../libs/messaging/src/conversations/conversations.repository.js';
import { toConversationDto } from '../libs/messaging/src/conversations/dto/conversation.dto.js';
import { MessageCreationRepository } from '../libs/messaging/src/messages/message-creation.repository.js';

/** A statement with its values for a client of `pg`. */
export interface Query extends Statement {
  readonly values: readonly unknown[];
}

/** Replaces the database of repositories and records their statements. */
class Recorder {
  readonly queries: Query[] = [];

  async rows(statement: Statement, values: readonly unknown[] = []): Promise<object[]> {
    this.queries.push({ ...statement, values });
    return [];
  }

  async row(statement: Statement, values: readonly unknown[] = []): Promise<object | null> {
    this.queries.push({ ...statement, values });
    return null;
  }

  async execute(statement: Statement, values: readonly unknown[] = []): Promise<number> {
    this.queries.push({ ...statement, values });
    return 1;
  }
}

/**
 * Captures the statement that a repository sends for a call, so that the bare server sends the same one without a copy
 * of its text. Repositories fail after it, when they map the missing row.
 */
async function capture(call: (database: Database) => Promise<unknown>): Promise<Query> {
  const recorder = new Recorder();
  await call(recorder as unknown as Database).catch(() => undefined);
  return recorder.queries[0]!;
}

/** Captures the query of one page of conversations. */
export function listQuery(workspaceId: string, request: HttpPageRequest): Promise<Query> {
  return capture((database) =>
    new ConversationListsRepository(new ListReader(database), database).list(
      workspaceId,
      {},
      'last_activity_at',
      request,
    ),
  );
}

/** Captures the query of one conversation. */
export function getQuery(workspaceId: string, id: string): Promise<Query> {
  return capture((database) => new ConversationsRepository(database).find(workspaceId, id));
}

/** Captures the query that locks a conversation for a message. */
export function lockQuery(workspaceId: string, id: string, userId: string | null): Promise<Query> {
  return capture((database) => new MessageCreationRepository(database).lockConversation(workspaceId, id, userId));
}

/** Captures the query that inserts a message. */
export function addQuery(...args: Parameters<MessageCreationRepository['add']>): Promise<Query> {
  return capture((database) => new MessageCreationRepository(database).add(...args));
}

/** Captures the query that updates the last activity of a contact. */
export function seenQuery(workspaceId: string, contactId: string, at: string): Promise<Query> {
  return capture((database) => new ContactsRepository(database).touchLastSeen(workspaceId, contactId, at));
}

/** Captures the query that appends an event. */
export function eventQuery(event: NewEventRow): Promise<Query> {
  return capture((database) => new EventsRepository(database).append([event]));
}

/** The body of a list page, identical to Parley's. */
export function listResponse(
  request: HttpPageRequest,
  rows: readonly (ConversationRow & { __count: number | null; __keys: (string | number)[] | null })[],
  cursorTotal: { value: number; estimate: boolean } | null,
): string {
  const found = rows.filter((row) => row.__keys !== null);
  const visible = found.slice(0, request.limit);
  const total = cursorTotal ?? { value: rows[0]?.__count ?? 0, estimate: false };
  const next = found.length > request.limit ? visible.at(-1)!.__keys : null;
  return JSON.stringify(
    toListResponse(request, { items: visible.map((row) => toConversationDto(toView(row))), total, next }),
  );
}

/** The request of the first page with 20 conversations. */
export function firstPage(workspaceId: string): HttpPageRequest {
  return parsePageRequest({ limit: 20 }, ['conversations', workspaceId, {}, 'last_activity_at']);
}
