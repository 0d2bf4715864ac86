import { Injectable } from '@nestjs/common';
import { Database, shortRead } from '@parley/kernel/database';

/** Assignee and participants of a conversation. */
export interface ConversationAudience {
  readonly number: number;
  readonly assigneeId: string | null;
  readonly followerIds: readonly string[];
}

const FIND = shortRead(
  'messaging.find-conversation-audience',
  `select c.number, c.assignee_id as "assigneeId", array(select p.user_id from messaging.participants p
    where p.workspace_id = $1 and p.conversation_id = $2 order by p.user_id) as "followerIds"
   from messaging.conversations c where c.workspace_id = $1 and c.id = $2`,
);

/** Reads the audience of a conversation. Runs for every message, so it reads nothing else. */
@Injectable()
export class NotificationRecipientsRepository {
  constructor(private readonly database: Database) {}

  findAudience(workspaceId: string, conversationId: string): Promise<ConversationAudience | null> {
    return this.database.row<ConversationAudience & { [column: string]: unknown }>(FIND, [workspaceId, conversationId]);
  }
}
