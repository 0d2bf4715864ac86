import { Injectable } from '@nestjs/common';
import { pick } from 'es-toolkit';
import { columnsOf, createBinder, Database, escapeLike, statement } from '@parley/kernel/database';
import {
  nameKey,
  ListReader,
  timeConditions,
  type Page,
  type PageRequest,
  type TimeRange,
} from '@parley/kernel/pagination';
import { TeamEntity } from './team.entity.js';
import type { TeamView } from './team.view.js';

type TeamRow = Pick<TeamEntity, (typeof FIELDS)[number]> & { readonly membersCount: number };

/** Filter of a team list. */
export interface TeamsFilter extends TimeRange {
  readonly q?: string;
  readonly memberIds?: readonly string[];
}

const FIELDS = ['id', 'name', 'description', 'version', 'createdAt', 'updatedAt'] as const;
const COLUMNS =
  `${columnsOf(TeamEntity, 't', FIELDS)}, ` +
  `(select count(*) from teams.team_members m where m.team_id = t.id) as "membersCount"`;

const ORDERS = {
  created_at: { sql: 't.created_at', type: 'timestamptz' },
  name: nameKey('t.name'),
} as const;

/** Sort fields of a team list. */
export type TeamOrder = keyof typeof ORDERS;

const FIND = statement(
  'teams.find-team',
  `select ${COLUMNS} from teams.teams t where t.workspace_id = $1 and t.id = $2`,
);
const FILTER_EXISTING = statement(
  'teams.filter-existing-teams',
  'select id from teams.teams where workspace_id = $1 and id = any($2)',
);

function toView(row: TeamRow): TeamView {
  return pick(row, [...FIELDS, 'membersCount']);
}

/** Rows of `teams.teams`. */
@Injectable()
export class TeamsRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  async add(workspaceId: string, id: string, name: string, description: string | null): Promise<void> {
    await this.database.repository(TeamEntity).insert({ id, workspaceId, name, description });
  }

  /** Returns the row, locked until the transaction ends. */
  lock(workspaceId: string, id: string): Promise<TeamEntity | null> {
    return this.database
      .repository(TeamEntity)
      .findOne({ where: { id, workspaceId }, lock: { mode: 'pessimistic_write' } });
  }

  async save(team: TeamEntity): Promise<void> {
    await this.database.repository(TeamEntity).save(team);
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.repository(TeamEntity).delete({ workspaceId, id });
  }

  async find(workspaceId: string, id: string): Promise<TeamView | null> {
    const row = await this.database.row<TeamRow>(FIND, [workspaceId, id]);
    return row && toView(row);
  }

  /** Returns the IDs that belong to teams. */
  async filterExisting(workspaceId: string, ids: readonly string[]): Promise<Set<string>> {
    return new Set(
      (await this.database.rows<{ id: string }>(FILTER_EXISTING, [workspaceId, ids])).map((row) => row.id),
    );
  }

  list(workspaceId: string, filter: TeamsFilter, orderBy: TeamOrder, request: PageRequest): Promise<Page<TeamView>> {
    const values: unknown[] = [workspaceId];
    const bind = createBinder(values);
    const where = [
      't.workspace_id = $1',
      ...timeConditions(filter, { created: 't.created_at', updated: 't.updated_at' }, bind),
    ];
    if (filter.q) where.push(`t.name ilike ${bind(`%${escapeLike(filter.q)}%`)}`);
    if (filter.memberIds)
      where.push(
        `exists (select 1 from teams.team_members m ` +
          `where m.team_id = t.id and m.user_id = any(${bind(filter.memberIds)}))`,
      );
    return this.lists.read<TeamRow, TeamView>(
      {
        domain: 'teams.list-teams',
        select: COLUMNS,
        from: 'teams.teams t',
        where,
        values,
        request,
        order: [ORDERS[orderBy], { sql: 't.id', type: 'uuid' }],
      },
      toView,
    );
  }
}
