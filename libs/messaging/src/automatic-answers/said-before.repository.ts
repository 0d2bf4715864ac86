import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel';
import type { SaidBefore } from './automatic-answer.js';

const SAID_BEFORE = statement(
  'messaging.said-before',
  `select count(*) > 0 as anything, max(m.created_at) filter (where m.content_attributes->>'automatic' = 'away') as "lastAwayAt"
   from messaging.messages m join messaging.messages this on this.id = $2 and this.workspace_id = $1
   where m.conversation_id = this.conversation_id and (m.created_at, m.id) < (this.created_at, this.id) and m.type in ('comment', 'reply')`,
);

/** What stands in `messaging.messages` before a message. */
@Injectable()
export class SaidBeforeRepository {
  constructor(private readonly database: Database) {}

  async before(workspaceId: string, messageId: string): Promise<SaidBefore> {
    return (await this.database.row<SaidBefore & { [column: string]: unknown }>(SAID_BEFORE, [workspaceId, messageId]))!;
  }
}
