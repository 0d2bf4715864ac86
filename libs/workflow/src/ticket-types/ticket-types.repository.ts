import { Injectable } from '@nestjs/common';
import { columnsOf, createBinder, Database, escapeLike, statement } from '@parley/kernel/database';
import { ListReader, nameKey, timeConditions, type Page, type PageRequest } from '@parley/kernel/pagination';
import { pick } from 'es-toolkit';
import { TicketTypeEntity } from './ticket-type.entity.js';
import type { TicketTypesFilter, TicketTypeView } from './ticket-type.view.js';

const FIELDS = [
  'id',
  'name',
  'description',
  'form',
  'defaultPriority',
  'teamId',
  'version',
  'createdAt',
  'updatedAt',
] as const;

type TicketTypeRow = Pick<TicketTypeEntity, (typeof FIELDS)[number]> & { readonly teamName: string | null };

const COLUMNS = `${columnsOf(TicketTypeEntity, 'k', FIELDS)}, team.name as "teamName"`;
const FROM = 'workflow.ticket_types k left join teams.team_cards team on team.id = k.team_id';
const FIND = statement(
  'workflow.find-ticket-type',
  `select ${COLUMNS} from ${FROM} where k.workspace_id = $1 and k.id = $2`,
);
const LOCK = statement(
  'workflow.lock-ticket-type',
  `select ${COLUMNS} from ${FROM} where k.workspace_id = $1 and k.id = $2 for update of k`,
);
const LIST_ALL = statement(
  'workflow.list-all-ticket-types',
  `select ${COLUMNS} from ${FROM} where k.workspace_id = $1 order by k.name, k.id limit 1000`,
);
// Keeps the type from being deleted until the ticket that refers to it is stored.
const FIND_REFERENCED = statement(
  'workflow.find-referenced-ticket-type',
  `select ${COLUMNS} from ${FROM} where k.workspace_id = $1 and k.id = $2 for key share of k`,
);

function toView(row: TicketTypeRow): TicketTypeView {
  return {
    ...pick(row, [...FIELDS]),
    team: row.teamId === null ? null : { id: row.teamId, name: row.teamName },
  };
}

/** Rows of `workflow.ticket_types`. */
@Injectable()
export class TicketTypesRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  async find(workspaceId: string, id: string): Promise<TicketTypeView | null> {
    return this.row(FIND, workspaceId, id);
  }

  /** Returns the type, locked until the transaction ends. */
  async lock(workspaceId: string, id: string): Promise<TicketTypeView | null> {
    return this.row(LOCK, workspaceId, id);
  }

  /** Returns the type, which cannot be deleted until the transaction ends. */
  async findReferenced(workspaceId: string, id: string): Promise<TicketTypeView | null> {
    return this.row(FIND_REFERENCED, workspaceId, id);
  }

  /** Returns up to 1,000 types sorted by name. */
  async listAll(workspaceId: string): Promise<TicketTypeView[]> {
    return (await this.database.rows<TicketTypeRow & Record<string, unknown>>(LIST_ALL, [workspaceId])).map(toView);
  }

  /** Fails on `ticket_types_name` if the name is used. */
  async add(workspaceId: string, type: Omit<TicketTypeView, 'team' | 'version'>): Promise<void> {
    await this.database.repository(TicketTypeEntity).insert({ workspaceId, ...type, form: [...type.form] });
  }

  /** Fails on `ticket_types_name` if the name is used. */
  async update(
    workspaceId: string,
    id: string,
    fields: Partial<Pick<TicketTypeEntity, 'name' | 'description' | 'form' | 'defaultPriority' | 'teamId'>>,
    now: string,
  ): Promise<void> {
    const { form, ...columns } = fields;
    await this.database
      .repository(TicketTypeEntity)
      .update({ workspaceId, id }, { ...columns, ...(form && { form: [...form] }), updatedAt: now });
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.repository(TicketTypeEntity).delete({ workspaceId, id });
  }

  list(workspaceId: string, filter: TicketTypesFilter, request: PageRequest): Promise<Page<TicketTypeView>> {
    const values: unknown[] = [workspaceId];
    const bind = createBinder(values);
    const where = ['k.workspace_id = $1', ...timeConditions(filter, 'k', bind)];
    if (filter.q) where.push(`k.name ilike ${bind(`%${escapeLike(filter.q)}%`)}`);
    return this.lists.read<TicketTypeRow & Record<string, unknown>, TicketTypeView>(
      {
        domain: 'workflow.list-ticket-types',
        select: COLUMNS,
        from: FROM,
        where,
        values,
        request,
        order: [nameKey('k.name')],
      },
      toView,
    );
  }

  private async row(query: typeof FIND, workspaceId: string, id: string): Promise<TicketTypeView | null> {
    const row = await this.database.row<TicketTypeRow & Record<string, unknown>>(query, [workspaceId, id]);
    return row && toView(row);
  }
}
