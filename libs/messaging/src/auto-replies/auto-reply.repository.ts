import { Injectable } from '@nestjs/common';
import { Database, shortRead, statement } from '@parley/kernel/database';
import type { AutoReplyHistory } from './auto-reply.js';

const FIND_HISTORY = statement(
  'messaging.said-before',
  `select count(*) > 0 as anything, max(m.created_at) filter (where m.content_attributes->>'automatic' = 'away') as "lastAwayAt"
   from messaging.messages m join messaging.messages this on this.id = $2 and this.workspace_id = $1
   where m.conversation_id = this.conversation_id and (m.created_at, m.id) < (this.created_at, this.id) and m.type in ('comment', 'reply')`,
);
const FIND_INBOX_ID = shortRead(
  'messaging.answering-inbox',
  `select inbox_id from messaging.conversations where workspace_id = $1 and id = $2 and status <> 'closed'`,
);

/** What stands in `messaging.messages` before a message, and where. */
@Injectable()
export class AutoReplyRepository {
  constructor(private readonly database: Database) {}

  /** The inbox that a conversation is in, unless nothing more can be said there. Read for every message of a customer, so no more than that. */
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
