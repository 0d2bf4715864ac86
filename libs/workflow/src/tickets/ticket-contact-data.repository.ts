import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';

const REASSIGN = statement(
  'workflow.reassign-tickets',
  `with locked as (select t.id, t.contact_id from workflow.tickets t
     where t.workspace_id = $1 and t.contact_id = any($2) order by t.id for update
   ), stored as (
     insert into workflow.ticket_moves (move_id, ticket_id, workspace_id, from_contact_id)
       select $4, locked.id, $1, locked.contact_id from locked
   ) update workflow.tickets t set contact_id = $3 from locked where t.id = locked.id`,
);
const RESTORE = statement(
  'workflow.restore-tickets-of-contact',
  `update workflow.tickets t set contact_id = v.from_contact_id from workflow.ticket_moves v
    where v.workspace_id = $1 and v.move_id = $3 and t.id = v.ticket_id and t.contact_id = $2`,
);
const DELETE_MOVE = statement(
  'workflow.delete-ticket-move',
  'delete from workflow.ticket_moves where workspace_id = $1 and move_id = $2',
);
const LIST = statement(
  'workflow.list-tickets-of-contact',
  `select t.id, t.number, t.subject, t.description, t.status, t.priority, t.tags, t.custom_fields, t.created_at
    from workflow.tickets t where t.workspace_id = $1 and t.contact_id = $2 and t.id > $3 order by t.id limit $4`,
);
const LIST_UNFINISHED = statement(
  'workflow.list-unfinished-tickets-of-contact',
  `select t.id from workflow.tickets t where t.workspace_id = $1 and t.contact_id = $2 and t.status <> 'closed'
    order by t.id`,
);
const ERASE = statement(
  'workflow.erase-tickets-of-contact',
  `update workflow.tickets set subject = 'Erased', description = null, custom_fields = '{}', external_id = null,
     version = version + 1, updated_at = $3 where workspace_id = $1 and contact_id = $2`,
);

/** Tickets of contacts that are merged, exported or erased. */
@Injectable()
export class TicketContactDataRepository {
  constructor(private readonly database: Database) {}

  /** Moves the tickets of `fromIds` to another contact. Stores the move under `moveId`. */
  async reassign(workspaceId: string, fromIds: readonly string[], toId: string, moveId: string): Promise<void> {
    await this.database.execute(REASSIGN, [workspaceId, fromIds, toId, moveId]);
  }

  /** Undoes a move for the tickets that still belong to the contact. */
  async restore(workspaceId: string, fromId: string, moveId: string): Promise<void> {
    await this.database.execute(RESTORE, [workspaceId, fromId, moveId]);
    await this.database.execute(DELETE_MOVE, [workspaceId, moveId]);
  }

  /** Returns up to `limit` tickets of a contact with an ID greater than `after`, sorted by ID. */
  list(
    workspaceId: string,
    contactId: string,
    after: string,
    limit: number,
  ): Promise<{ readonly [column: string]: unknown; readonly id: string }[]> {
    return this.database.rows(LIST, [workspaceId, contactId, after, limit]);
  }

  async listUnfinishedIds(workspaceId: string, contactId: string): Promise<string[]> {
    return (await this.database.rows<{ id: string }>(LIST_UNFINISHED, [workspaceId, contactId])).map(({ id }) => id);
  }

  /** Deletes all texts of the contact's tickets. */
  async erase(workspaceId: string, contactId: string, now: string): Promise<void> {
    await this.database.execute(ERASE, [workspaceId, contactId, now]);
  }
}
