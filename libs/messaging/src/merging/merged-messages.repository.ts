import { Injectable } from '@nestjs/common';
import { composedStatement, Database, statement } from '@parley/kernel/database';
import { UNANSWERED_CTES } from '../conversations/conversation-counters.repository.js';
import type { LastMessage } from '../conversations/conversation.view.js';
import { buildPreview } from '../messages/message-content.js';
import type { CounterFields, LifecycleFields } from './conversation-merge.js';

const MOVE_ALL = statement(
  'messaging.move-all-messages',
  'update messaging.messages set conversation_id = $3 where workspace_id = $1 and conversation_id = $2 returning id',
);
const MOVE_FROM = statement(
  'messaging.move-messages-from',
  `update messaging.messages set conversation_id = $3
    where workspace_id = $1 and conversation_id = $2 and (created_at, id) >= ($4, $5) returning id`,
);
const MOVE_BY_IDS = statement(
  'messaging.move-messages',
  `update messaging.messages set conversation_id = $3
    where workspace_id = $1 and conversation_id = $2 and id = any($4) returning id`,
);
const COPY_READ_STATES = statement(
  'messaging.copy-read-states',
  `insert into messaging.read_states (workspace_id, conversation_id, user_id, read_at) select $1, $3, r.user_id,
    r.read_at from messaging.read_states r where r.workspace_id = $1 and r.conversation_id = $2`,
);
const IS_FIRST = statement(
  'messaging.is-first-message',
  `select not exists (select 1 from messaging.messages
    where workspace_id = $1 and conversation_id = $2 and (created_at, id) < ($3, $4)) as first`,
);
// Computes the counters that creating the messages one by one would give, with one exception: resolving ends the
// customer's wait only while the conversation stays resolved.
const RECOUNT = statement(
  'messaging.recount-conversation',
  `with totals as (
     select count(*) as messages, max(created_at) as last_at,
       max(created_at) filter (where type = 'comment' and deleted_at is null) as last_comment_at,
       min(created_at) filter (where type = 'reply' and author_type = 'user') as first_reply_at,
         max(created_at) filter (where type = 'reply' and author_type = 'user') as last_reply_at
     from messaging.messages where workspace_id = $1 and conversation_id = $2
   ), ${UNANSWERED_CTES}
   update messaging.conversations c set message_count = totals.messages,
     last_activity_at = coalesce(totals.last_at, c.last_activity_at),
     last_customer_message_at = totals.last_comment_at,
     last_agent_reply_at = totals.last_reply_at, first_replied_at = totals.first_reply_at, unread_count = case
       when c.status in ('resolved', 'closed') then 0 else unanswered.unread end,
     waiting_since = case when c.status in ('resolved', 'closed') then null else unanswered.since end
   from totals, unanswered where c.workspace_id = $1 and c.id = $2`,
);
const FIND_LAST_MESSAGE = statement(
  'messaging.find-last-message',
  `select m.id, m.type, left(m.body, 2000) as body, m.author_type, m.author_name, m.created_at
   from messaging.messages m where m.workspace_id = $1 and m.conversation_id = $2
   order by m.created_at desc, m.id desc limit 1`,
);
const SET_LAST_MESSAGE = statement(
  'messaging.set-last-message',
  'update messaging.conversations set last_message = $3 where workspace_id = $1 and id = $2',
);

const COLUMN_BY_FIELD: Readonly<Record<keyof (LifecycleFields & CounterFields), string>> = {
  status: 'status',
  statusChangedAt: 'status_changed_at',
  snoozedUntil: 'snoozed_until',
  resolvedAt: 'resolved_at',
  closedAt: 'closed_at',
  reopenCount: 'reopen_count',
  waitingSince: 'waiting_since',
  firstRepliedAt: 'first_replied_at',
  lastActivityAt: 'last_activity_at',
  lastCustomerMessageAt: 'last_customer_message_at',
  lastAgentReplyAt: 'last_agent_reply_at',
  messageCount: 'message_count',
  unreadCount: 'unread_count',
};

/** Moves messages between conversations and recomputes the counters of conversations. */
@Injectable()
export class MergedMessagesRepository {
  constructor(private readonly database: Database) {}

  /** Moves all messages. Returns their ids. */
  async moveAll(workspaceId: string, fromId: string, toId: string): Promise<string[]> {
    return toIds(await this.database.rows<{ id: string }>(MOVE_ALL, [workspaceId, fromId, toId]));
  }

  /**
   * Moves a message and all later messages to a new conversation and copies the read states. Returns the number of
   * messages.
   */
  async moveFrom(
    workspaceId: string,
    fromId: string,
    toId: string,
    from: { createdAt: string; id: string },
  ): Promise<number> {
    await this.database.execute(COPY_READ_STATES, [workspaceId, fromId, toId]);
    return (await this.database.rows(MOVE_FROM, [workspaceId, fromId, toId, from.createdAt, from.id])).length;
  }

  /** Moves the messages that are in the conversation. Returns their ids. */
  async moveByIds(workspaceId: string, fromId: string, toId: string, messageIds: readonly string[]): Promise<string[]> {
    return toIds(await this.database.rows<{ id: string }>(MOVE_BY_IDS, [workspaceId, fromId, toId, messageIds]));
  }

  /** Returns true if no message precedes this one in the conversation. */
  async isFirst(
    workspaceId: string,
    conversationId: string,
    { createdAt, id }: { createdAt: string; id: string },
  ): Promise<boolean> {
    return (await this.database.row<{ first: boolean }>(IS_FIRST, [workspaceId, conversationId, createdAt, id]))!.first;
  }

  /** Writes the given fields and refreshes `last_message`. */
  async updateConversation(
    workspaceId: string,
    id: string,
    fields: Partial<LifecycleFields & CounterFields & { mergedInto: string | null }>,
    now: string,
  ): Promise<void> {
    const values: unknown[] = [workspaceId, id, now];
    const sets = Object.entries(fields).map(([field, value]) => {
      const column = field === 'mergedInto' ? 'merged_into' : COLUMN_BY_FIELD[field as keyof CounterFields];
      return `${column} = $${values.push(value)}`;
    });
    const text = `update messaging.conversations
      set ${[...sets, 'version = version + 1', 'updated_at = $3'].join(', ')} where workspace_id = $1 and id = $2`;
    await this.database.execute(composedStatement('messaging.update-merged-conversation', text), values);
    await this.refreshLastMessage(workspaceId, id);
  }

  /** Recomputes the counters and `last_message` of a conversation. */
  async recount(workspaceId: string, id: string): Promise<void> {
    await this.database.execute(RECOUNT, [workspaceId, id]);
    await this.refreshLastMessage(workspaceId, id);
  }

  private async refreshLastMessage(workspaceId: string, id: string): Promise<void> {
    const row = await this.database.row<LastMessage & Record<string, unknown>>(FIND_LAST_MESSAGE, [workspaceId, id]);
    const last = row && JSON.stringify({ ...row, body: buildPreview(row.body) });
    await this.database.execute(SET_LAST_MESSAGE, [workspaceId, id, last]);
  }
}

function toIds(rows: readonly { id: string }[]): string[] {
  return rows.map(({ id }) => id);
}
