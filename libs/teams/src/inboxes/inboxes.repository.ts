import { Injectable } from '@nestjs/common';
import { pick } from 'es-toolkit';
import { columnsOf, createBinder, Database, escapeLike, shortRead, statement } from '@parley/kernel/database';
import {
  nameKey,
  ListReader,
  timeConditions,
  type Page,
  type PageRequest,
  type TimeRange,
} from '@parley/kernel/pagination';
import type { InboxAccess } from './inbox-access-sql.js';
import { InboxEntity } from './inbox.entity.js';
import { DEFAULT_INBOX_SETTINGS, type InboxSettings, type InboxView } from './inbox.view.js';

const FIELDS = ['id', 'name', 'channel', 'access', 'teamId', 'settings', 'version', 'createdAt', 'updatedAt'] as const;

type InboxRow = Pick<InboxEntity, (typeof FIELDS)[number]> & {
  readonly teamName: string | null;
  readonly membersCount: number;
};

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
  readonly access: InboxAccess;
  readonly teamId: string | null;
  readonly settings: InboxSettings;
}

const COLUMNS = `${columnsOf(InboxEntity, 'i', FIELDS)}, t.name as "teamName",
  (select count(*) from teams.inbox_members m where m.inbox_id = i.id) as "membersCount"`;
const FROM = 'teams.inboxes i left join teams.teams t on t.id = i.team_id';

const ORDERS = {
  created_at: { sql: 'i.created_at', type: 'timestamptz' },
  name: nameKey('i.name'),
} as const;

/** Sort fields of an inbox list. */
export type InboxOrder = keyof typeof ORDERS;

const FIND = shortRead('teams.find-inbox', `select ${COLUMNS} from ${FROM} where i.workspace_id = $1 and i.id = $2`);
const LOCK = statement(
  'teams.lock-inbox',
  `select ${COLUMNS} from ${FROM} where i.workspace_id = $1 and i.id = $2 for update of i`,
);
const HAS_AUTO_REPLIES = shortRead(
  'teams.has-auto-replies',
  `select 1 as found from teams.inboxes where workspace_id = $1
     and coalesce(settings->>'greeting', settings->>'awayMessage') is not null limit 1`,
);

function toView({ teamId, teamName, settings, ...row }: InboxRow): InboxView {
  return {
    ...pick(row, ['id', 'name', 'channel', 'access', 'membersCount', 'version', 'createdAt', 'updatedAt']),
    ...DEFAULT_INBOX_SETTINGS,
    ...settings,
    team: teamId === null || teamName === null ? null : { id: teamId, name: teamName },
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

  async hasAutoReplies(workspaceId: string): Promise<boolean> {
    return (await this.database.row(HAS_AUTO_REPLIES, [workspaceId])) !== null;
  }

  /** Returns the inbox, locked until the transaction ends. */
  async lock(workspaceId: string, id: string): Promise<InboxView | null> {
    const row = await this.database.row<InboxRow>(LOCK, [workspaceId, id]);
    return row && toView(row);
  }

  async add(workspaceId: string, id: string, record: InboxRecord): Promise<void> {
    await this.database.repository(InboxEntity).insert({ workspaceId, id, ...record });
  }

  async update(workspaceId: string, id: string, record: InboxRecord): Promise<void> {
    await this.database.repository(InboxEntity).update({ workspaceId, id }, { ...record });
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.repository(InboxEntity).delete({ workspaceId, id });
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
