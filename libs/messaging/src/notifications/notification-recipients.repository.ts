import { Injectable } from '@nestjs/common';
import { anyOf, Database, statement } from '@parley/kernel/database';

/** Assignee and participants of a conversation. */
export interface ConversationAudience {
  readonly id: string;
  readonly number: number;
  readonly inboxId: string | null;
  readonly assigneeId: string | null;
  readonly followerIds: readonly string[];
}

const LIST = statement(
  'messaging.list-conversation-audiences',
  `select c.id, c.number, c.inbox_id as "inboxId", c.assignee_id as "assigneeId", array(select p.user_id from messaging.participants p
    where p.workspace_id = $1 and p.conversation_id = c.id order by p.user_id) as "followerIds"
   from messaging.conversations c where c.workspace_id = $1 and c.id = ${anyOf('$2', 'uuid')}`,
);

/** Reads the audiences of conversations. Runs for every message, so it reads nothing else. */
@Injectable()
export class NotificationRecipientsRepository {
  constructor(private readonly database: Database) {}

  /** The audiences of the existing conversations of the given IDs, by ID. */
  async listAudiences(
    workspaceId: string,
    conversationIds: readonly string[],
  ): Promise<Map<string, ConversationAudience>> {
    const rows = await this.database.rows<ConversationAudience & { [column: string]: unknown }>(LIST, [
      workspaceId,
      conversationIds,
    ]);
    return new Map(rows.map((audience) => [audience.id, audience]));
  }
}
