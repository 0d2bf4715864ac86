import { Injectable } from '@nestjs/common';
import { createBinder, Database, escapeLike, shortRead, statement } from '@parley/kernel/database';
import { ListReader, timeConditions, type Page, type PageRequest, type TimeRange } from '@parley/kernel/pagination';
import { DEFAULT_INBOX_SETTINGS, type InboxSettings, type InboxView } from './inbox.view.js';

interface InboxRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly name: string;
  readonly channel: string;
  readonly team_id: string | null;
  readonly team_name: string | null;
  readonly settings: Partial<InboxSettings>;
  readonly members_count: number;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Filter of an inbox list. */
export interface InboxesFilter extends TimeRange {
  readonly q?: string;
  /** Null matches inboxes without a team. */
  readonly teamIds?: readonly (string | null)[];
  readonly memberIds?: readonly string[];
  readonly channel?: readonly string[];
}

/** Inbox as it is stored. */
export interface InboxRecord {
  readonly name: string;
  readonly channel: string;
  readonly teamId: string | null;
  readonly settings: InboxSettings;
}

const COLUMNS = `i.id, i.name, i.channel, i.team_id, t.name as team_name, i.settings,
  (select count(*) from teams.inbox_members m where m.inbox_id = i.id) as members_count,
  i.version, i.created_at, i.updated_at`;
const FROM = 'teams.inboxes i left join teams.teams t on t.id = i.team_id';

const ORDERS = {
  created_at: { sql: 'i.created_at', type: 'timestamptz' },
  name: { sql: 'lower(i.name)', type: 'text' },
} as const;

/** Sort fields of an inbox list. */
export type InboxOrder = keyof typeof ORDERS;

const FIND = shortRead('teams.find-inbox', `select ${COLUMNS} from ${FROM} where i.workspace_id = $1 and i.id = $2`);
const LOCK = statement(
  'teams.lock-inbox',
  `select ${COLUMNS} from ${FROM} where i.workspace_id = $1 and i.id = $2 for update of i`,
);
const ADD = statement(
  'teams.add-inbox',
  'insert into teams.inboxes (id, workspace_id, name, channel, team_id, settings) values ($2, $1, $3, $4, $5, $6)',
);
const UPDATE = statement(
  'teams.update-inbox',
  `update teams.inboxes set name = $3, channel = $4, team_id = $5, settings = $6, version = version + 1,
     updated_at = now() where workspace_id = $1 and id = $2`,
);
const DELETE = statement('teams.delete-inbox', 'delete from teams.inboxes where workspace_id = $1 and id = $2');

function toView(row: InboxRow): InboxView {
  return {
    id: row.id,
    name: row.name,
    channel: row.channel,
    team: row.team_id === null ? null : { id: row.team_id, name: row.team_name! },
    ...DEFAULT_INBOX_SETTINGS,
    ...row.settings,
    membersCount: row.members_count,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** Rows of `teams.inboxes`. */
@Injectable()
export class InboxesRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  async find(workspaceId: string, id: string): Promise<InboxView | null> {
    const row = await this.database.row<InboxRow>(FIND, [workspaceId, id]);
    return row && toView(row);
  }

  /** Returns the inbox, locked until the transaction ends. */
  async lock(workspaceId: string, id: string): Promise<InboxView | null> {
    const row = await this.database.row<InboxRow>(LOCK, [workspaceId, id]);
    return row && toView(row);
  }

  async add(workspaceId: string, id: string, { name, channel, teamId, settings }: InboxRecord): Promise<void> {
    await this.database.execute(ADD, [workspaceId, id, name, channel, teamId, JSON.stringify(settings)]);
  }

  async update(workspaceId: string, id: string, { name, channel, teamId, settings }: InboxRecord): Promise<void> {
    await this.database.execute(UPDATE, [workspaceId, id, name, channel, teamId, JSON.stringify(settings)]);
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.execute(DELETE, [workspaceId, id]);
  }

  list(
    workspaceId: string,
    filter: InboxesFilter,
    orderBy: InboxOrder,
    request: PageRequest,
  ): Promise<Page<InboxView>> {
    const values: unknown[] = [workspaceId];
    const bind = createBinder(values);
    const where = [
      'i.workspace_id = $1',
      ...timeConditions(filter, { created: 'i.created_at', updated: 'i.updated_at' }, bind),
    ];
    if (filter.q) where.push(`i.name ilike ${bind(`%${escapeLike(filter.q)}%`)}`);
    if (filter.teamIds)
      where.push(
        `(i.team_id = any(${bind(filter.teamIds)})${filter.teamIds.includes(null) ? ' or i.team_id is null' : ''})`,
      );
    if (filter.channel) where.push(`i.channel = any(${bind(filter.channel)})`);
    if (filter.memberIds)
      where.push(
        `exists (select 1 from teams.inbox_members m ` +
          `where m.inbox_id = i.id and m.user_id = any(${bind(filter.memberIds)}))`,
      );
    return this.lists.read<InboxRow, InboxView>(
      {
        domain: 'teams.list-inboxes',
        select: COLUMNS,
        from: FROM,
        countFrom: 'teams.inboxes i',
        where,
        values,
        request,
        order: [ORDERS[orderBy], { sql: 'i.id', type: 'uuid' }],
      },
      toView,
    );
  }
}
