import { Injectable } from '@nestjs/common';
import { Database, shortRead, statement } from '@parley/kernel/database';
import type { AutoReplyHistory } from './auto-reply.js';

const FIND_HISTORY = statement(
  'messaging.find-auto-reply-history',
  `select count(*) > 0 as "hasMessages",
    max(m.created_at) filter (where m.content_attributes->>'automatic' = 'away') as "lastAwayAt"
   from messaging.messages m join messaging.messages received on received.id = $2 and received.workspace_id = $1
   where m.conversation_id = received.conversation_id and (m.created_at, m.id) < (received.created_at, received.id)
     and m.type in ('comment', 'reply')`,
);
const FIND_INBOX_ID = shortRead(
  'messaging.find-inbox-for-auto-reply',
  `select inbox_id from messaging.conversations where workspace_id = $1 and id = $2 and status <> 'closed'`,
);

/** Reads the history of a conversation that decides on an automatic reply. */
@Injectable()
export class AutoReplyRepository {
  constructor(private readonly database: Database) {}

  /**
   * Returns the inbox of a conversation; null if it has none, does not exist, or is closed. Runs for every customer
   * message, so it reads nothing else.
   */
  async findInboxId(workspaceId: string, conversationId: string): Promise<string | null> {
    return (
      (await this.database.row<{ inbox_id: string | null }>(FIND_INBOX_ID, [workspaceId, conversationId]))?.inbox_id ??
      null
    );
  }

  async getHistory(workspaceId: string, messageId: string): Promise<AutoReplyHistory> {
    return (await this.database.row<AutoReplyHistory & { [column: string]: unknown }>(FIND_HISTORY, [
      workspaceId,
      messageId,
    ]))!;
  }
}
