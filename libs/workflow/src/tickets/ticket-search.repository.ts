import { Injectable } from '@nestjs/common';
import { withSystemScope } from '@parley/kernel';
import { defineAccessStatement, limitToAccess } from '@parley/kernel/auth';
import { Database, statement } from '@parley/kernel/database';
import { inboxAccessSql } from '@parley/teams';

/** A search hit. */
export interface TicketSearchRow {
  readonly id: string;
  readonly number: number;
  readonly subject: string;
  readonly status: string;
  readonly priority: string;
  readonly contact_id: string;
  readonly contact_name: string | null;
  readonly updated_at: string;
  readonly rank: number;
  /** Number of matching tickets, up to {@link MAX_RANKED}. */
  readonly total: number;
  /** Subject and the start of the description. */
  readonly text: string;
}

/** Maximum number of tickets that one search ranks: the newest ones. */
export const MAX_RANKED = 1_000;

// Only the best tickets are read with their text. A ticket with the number comes first.
const SEARCH = defineAccessStatement(
  statement,
  'workflow.search-tickets',
  inboxAccessSql('t', '$5'),
  (access) => `with numbered as (
     select t.id, 1e6::real as rank from workflow.tickets t where t.workspace_id = $1 and t.number = $3 ${access}
   ), newest as (
     select t.id, t.search from workflow.tickets t
      where t.workspace_id = $1 and t.search @@ $2::tsquery ${access} order by t.created_at desc limit ${MAX_RANKED}
   ), matches as (
     select id, max(rank) as rank from (
       select id, rank from numbered union all select id, ts_rank(search, $2::tsquery) from newest) m group by id
   ), best as (
     select id, rank, count(*) over ()::int as total from matches order by rank desc, id desc limit $4
   )
   select t.id, t.number, t.subject, t.status, t.priority, t.contact_id, contact.name as contact_name, t.updated_at,
     best.rank, best.total, concat_ws(E'\\n', t.subject, left(t.description, 100000)) as text
   from best join workflow.tickets t on t.id = best.id
     left join identity.contact_cards contact on contact.id = t.contact_id order by best.rank desc, t.id desc`,
);

/** Full-text search in subjects and descriptions of the tickets that the caller can see. */
@Injectable()
export class TicketSearchRepository {
  constructor(private readonly database: Database) {}

  /** @param tsquery empty for no words. @param number number of a ticket, or null. */
  search(workspaceId: string, tsquery: string, number: number | null, limit: number): Promise<TicketSearchRow[]> {
    const query = limitToAccess(SEARCH, [workspaceId, tsquery, number, limit]);
    return withSystemScope(() => this.database.rows<TicketSearchRow & Record<string, unknown>>(...query));
  }
}
