import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';

const ADJUST = statement(
  'identity.adjust-ticket-count',
  `update identity.contacts set ticket_count = greatest(ticket_count + $3, 0)
    where workspace_id = $1 and id = $2 and deleted_at is null`,
);

/** Numbers of tickets in `identity.contacts`. */
@Injectable()
export class ContactTicketCountsRepository {
  constructor(private readonly database: Database) {}

  /** Adds to the count and locks the contact until the transaction ends. Returns false if there is no such contact. */
  async adjust(workspaceId: string, contactId: string, change: number): Promise<boolean> {
    return (await this.database.execute(ADJUST, [workspaceId, contactId, change])) > 0;
  }
}
