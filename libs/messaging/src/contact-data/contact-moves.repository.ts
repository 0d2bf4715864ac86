import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';

const REASSIGN = statement(
  'messaging.reassign-conversations',
  `with locked as (select c.id, c.contact_id from messaging.conversations c
    where c.workspace_id = $1 and c.contact_id = any($2) for update), stored as (
     insert into messaging.contact_moves (move_id, conversation_id, workspace_id, from_contact_id)
       select $4, locked.id, $1, locked.contact_id from locked
   ) update messaging.conversations c set contact_id = $3 from locked where c.id = locked.id`,
);
// A separate statement, so that it sees messages written while the first one waited for locks on the conversations.
const REASSIGN_MESSAGES = statement(
  'messaging.reassign-messages',
  `update messaging.messages m set author_id = $2 from messaging.contact_moves v
   where v.workspace_id = $1 and v.move_id = $3 and m.conversation_id = v.conversation_id
     and m.author_type = 'contact' and m.author_id = v.from_contact_id`,
);
const RESTORE = statement(
  'messaging.restore-conversations-of-contact',
  `update messaging.conversations c set contact_id = v.from_contact_id from messaging.contact_moves v
   where v.workspace_id = $1 and v.move_id = $3 and c.id = v.conversation_id and c.contact_id = $2`,
);
const RESTORE_MESSAGES = statement(
  'messaging.restore-messages-of-contact',
  `update messaging.messages m set author_id = v.from_contact_id from messaging.contact_moves v
    join messaging.conversations c on c.id = v.conversation_id and c.contact_id = v.from_contact_id
   where v.workspace_id = $1 and v.move_id = $3 and m.conversation_id = v.conversation_id
     and m.author_type = 'contact' and m.author_id = $2`,
);
const DELETE = statement(
  'messaging.delete-contact-move',
  'delete from messaging.contact_moves where workspace_id = $1 and move_id = $2',
);
const LIST_CONVERSATIONS = statement(
  'messaging.list-conversations-of-contact',
  `select c.id, c.number, c.subject, c.status, c.channel, c.tags, c.custom_fields, c.metadata, c.created_at,
    c.last_activity_at from messaging.conversations c
   where c.workspace_id = $1 and c.contact_id = $2 and c.id > $3 order by c.id limit $4`,
);
const LIST_MESSAGES = statement(
  'messaging.list-messages-with-contact',
  `select m.id, m.conversation_id, m.type, m.author_type, m.author_name, m.body, m.attachments, m.created_at
    from messaging.messages m
   where m.workspace_id = $1 and m.conversation_id = $2 and m.type in ('comment', 'reply') and m.id > $3 order by m.id
     limit $4`,
);
const LIST_UNFINISHED = statement(
  'messaging.list-unfinished-conversations-of-contact',
  `select c.id from messaging.conversations c where c.workspace_id = $1 and c.contact_id = $2
    and (c.status <> 'closed' or c.waiting_since is not null or c.unread_count > 0) order by c.id`,
);
/** Previous contacts of conversations that contact merges moved: rows of `messaging.contact_moves`. */
@Injectable()
export class ContactMovesRepository {
  constructor(private readonly database: Database) {}

  /**
   * Moves the conversations of `fromIds` and the messages that these contacts wrote to another contact. Stores the move
   * under `moveId`.
   */
  async reassign(workspaceId: string, fromIds: readonly string[], toId: string, moveId: string): Promise<void> {
    await this.database.execute(REASSIGN, [workspaceId, fromIds, toId, moveId]);
    await this.database.execute(REASSIGN_MESSAGES, [workspaceId, toId, moveId]);
  }

  /** Undoes a move for the conversations that still belong to the contact. */
  async restore(workspaceId: string, fromId: string, moveId: string): Promise<void> {
    await this.database.execute(RESTORE, [workspaceId, fromId, moveId]);
    await this.database.execute(RESTORE_MESSAGES, [workspaceId, fromId, moveId]);
    await this.database.execute(DELETE, [workspaceId, moveId]);
  }

  /** Returns up to `limit` conversations of a contact with an id greater than `after`, sorted by id. */
  listConversations(
    workspaceId: string,
    contactId: string,
    after: string,
    limit: number,
  ): Promise<{ readonly [column: string]: unknown; readonly id: string }[]> {
    return this.database.rows(LIST_CONVERSATIONS, [workspaceId, contactId, after, limit]);
  }

  /** Ids of a contact's conversations that are not closed, have unread messages, or wait for a reply. */
  async listUnfinishedConversationIds(workspaceId: string, contactId: string): Promise<string[]> {
    return (await this.database.rows<{ id: string }>(LIST_UNFINISHED, [workspaceId, contactId])).map(({ id }) => id);
  }

  /** Returns up to `limit` comments and replies of a conversation with an id greater than `after`, sorted by id. */
  listMessages(
    workspaceId: string,
    conversationId: string,
    after: string,
    limit: number,
  ): Promise<{ readonly [column: string]: unknown; readonly id: string }[]> {
    return this.database.rows(LIST_MESSAGES, [workspaceId, conversationId, after, limit]);
  }
}
