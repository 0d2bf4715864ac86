import { Injectable } from '@nestjs/common';
import { columnsOf, createBinder, Database, statement } from '@parley/kernel/database';
import { ListReader, timeConditions, type Page, type PageRequest, type TimeRange } from '@parley/kernel/pagination';
import { pick } from 'es-toolkit';
import { TicketStatusEntity } from './ticket-status.entity.js';
import type { TicketStatusView } from './ticket-status.view.js';

const FIELDS = ['id', 'name', 'category', 'position', 'version', 'createdAt', 'updatedAt'] as const;

type TicketStatusRow = Pick<TicketStatusEntity, (typeof FIELDS)[number]>;

const COLUMNS = columnsOf(TicketStatusEntity, 's', FIELDS);
const LOCK = statement(
  'workflow.lock-ticket-status',
  `select ${COLUMNS} from workflow.ticket_statuses s where s.workspace_id = $1 and s.id = $2 for update`,
);
// Keeps the status from being deleted until the ticket that refers to it is stored.
const FIND_REFERENCED = statement(
  'workflow.find-referenced-ticket-status',
  `select ${COLUMNS} from workflow.ticket_statuses s where s.workspace_id = $1 and s.id = $2 for key share`,
);
const COUNT = statement(
  'workflow.count-ticket-statuses',
  `select count(*)::int as count, coalesce(max(s.position) + 1, 0) as next from workflow.ticket_statuses s
    where s.workspace_id = $1`,
);
const LOCK_ALL = statement(
  'workflow.lock-ticket-statuses',
  `select pg_advisory_xact_lock(hashtextextended('parley.ticket-statuses:' || $1, 0))`,
);

function toView(row: TicketStatusRow): TicketStatusView {
  return pick(row, [...FIELDS]);
}

/** Rows of `workflow.ticket_statuses`. */
@Injectable()
export class TicketStatusesRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  async find(workspaceId: string, id: string): Promise<TicketStatusView | null> {
    const status = await this.database.repository(TicketStatusEntity).findOneBy({ workspaceId, id });
    return status && toView(status);
  }

  /** Returns the status, locked until the transaction ends. */
  async lock(workspaceId: string, id: string): Promise<TicketStatusView | null> {
    const row = await this.database.row<TicketStatusRow & Record<string, unknown>>(LOCK, [workspaceId, id]);
    return row && toView(row);
  }

  /** Returns the status, which cannot be deleted until the transaction ends. */
  async findReferenced(workspaceId: string, id: string): Promise<TicketStatusView | null> {
    const row = await this.database.row<TicketStatusRow & Record<string, unknown>>(FIND_REFERENCED, [workspaceId, id]);
    return row && toView(row);
  }

  /** Waits for other transactions that create statuses, and returns the number of statuses and the next position. */
  async lockAndCount(workspaceId: string): Promise<{ count: number; next: number }> {
    await this.database.execute(LOCK_ALL, [workspaceId]);
    return (await this.database.row<{ count: number; next: number }>(COUNT, [workspaceId]))!;
  }

  /** Fails on `ticket_statuses_name` if the name is used. */
  async add(workspaceId: string, status: Omit<TicketStatusView, 'version'>): Promise<void> {
    await this.database.repository(TicketStatusEntity).insert({ workspaceId, ...status });
  }

  /** Fails on `ticket_statuses_name` if the name is used. */
  async update(
    workspaceId: string,
    id: string,
    fields: Partial<Pick<TicketStatusView, 'name' | 'position'>>,
    now: string,
  ): Promise<void> {
    await this.database.repository(TicketStatusEntity).update({ workspaceId, id }, { ...fields, updatedAt: now });
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.repository(TicketStatusEntity).delete({ workspaceId, id });
  }

  list(workspaceId: string, filter: TimeRange, request: PageRequest): Promise<Page<TicketStatusView>> {
    const values: unknown[] = [workspaceId];
    const where = ['s.workspace_id = $1', ...timeConditions(filter, 's', createBinder(values))];
    return this.lists.read<TicketStatusRow & Record<string, unknown>, TicketStatusView>(
      {
        domain: 'workflow.list-ticket-statuses',
        select: COLUMNS,
        from: 'workflow.ticket_statuses s',
        where,
        values,
        request,
        order: [
          { sql: 's.position', type: 'int' },
          { sql: 's.id', type: 'uuid' },
        ],
      },
      toView,
    );
  }
}
