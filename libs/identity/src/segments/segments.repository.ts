import { Injectable } from '@nestjs/common';
import { createBinder, Database, escapeLike, shortRead, statement } from '@parley/kernel/database';
import type { FilterNode } from '@parley/kernel/filter';
import { ListReader, timeConditions, type Page, type PageRequest } from '@parley/kernel/pagination';
import type { ContactSegment, SegmentsFilter, SegmentView } from './segment.view.js';

interface SegmentRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly filter: FilterNode;
  readonly member_count: number;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Fields to write. */
export interface SegmentState {
  readonly name: string;
  readonly description: string | null;
  readonly filter: FilterNode;
  readonly isTimeDependent: boolean;
}

const COLUMNS = `s.id, s.name, s.description, s.filter, s.version, s.created_at, s.updated_at, (select count(*)
  from (select 1
    from identity.segment_members m where m.segment_id = s.id limit 10000) m)::int as member_count`;

const FIND = statement(
  'identity.find-segment',
  `select ${COLUMNS} from identity.segments s where s.workspace_id = $1 and s.id = $2`,
);
const LIST_FILTERS = statement(
  'identity.list-segment-filters',
  'select s.filter from identity.segments s where s.workspace_id = $1 and s.id = any($2)',
);
const ADD = statement(
  'identity.add-segment',
  `insert into identity.segments (id, workspace_id, name, description, filter, moves_with_time, created_at,
    updated_at) values ($2, $1, $3, $4, $5, $6, $7, $7)`,
);
const EXIST = shortRead(
  'identity.has-segments',
  'select 1 as found from identity.segments where workspace_id = $1 limit 1',
);
// Membership updates lock the segment, so that each one sees the changes committed by the previous one.
const LOCK = statement(
  'identity.lock-segments',
  `select ${COLUMNS} from identity.segments s where s.workspace_id = $1 and ($2::uuid is null or s.id = $2)
    order by s.id for no key update`,
);
const UPDATE = statement(
  'identity.update-segment',
  `update identity.segments set name = $3, description = $4, filter = $5, moves_with_time = $6,
    version = version + 1, updated_at = $7 where workspace_id = $1 and id = $2`,
);
const DELETE = statement(
  'identity.delete-segment',
  'delete from identity.segments where workspace_id = $1 and id = $2',
);
const LIST_BY_CONTACT = statement(
  'identity.list-segments-by-contact',
  `select s.id, s.name from identity.segment_members m join identity.segments s on s.id = m.segment_id
    where m.workspace_id = $1 and m.contact_id = $2 order by lower(s.name)`,
);
const LIST_TIME_DEPENDENT = statement(
  'identity.list-time-dependent-segments',
  'select s.workspace_id as "workspaceId", s.id from identity.segments s where s.moves_with_time',
);

function toView(row: SegmentRow): SegmentView {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    filter: row.filter,
    memberCount: row.member_count,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

@Injectable()
export class SegmentsRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  async find(workspaceId: string, id: string): Promise<SegmentView | null> {
    const row = await this.database.row<SegmentRow>(FIND, [workspaceId, id]);
    return row && toView(row);
  }

  /** Filters of the given segments. Unknown IDs are skipped. */
  async listFilters(workspaceId: string, ids: readonly string[]): Promise<FilterNode[]> {
    return (await this.database.rows<{ filter: FilterNode }>(LIST_FILTERS, [workspaceId, ids])).map(
      ({ filter }) => filter,
    );
  }

  list(workspaceId: string, filter: SegmentsFilter, request: PageRequest): Promise<Page<SegmentView>> {
    const values: unknown[] = [workspaceId];
    const bind = createBinder(values);
    const where = ['s.workspace_id = $1', ...timeConditions(filter, 's', bind)];
    if (filter.q)
      where.push(
        `lower(concat_ws(' ', s.name, s.description)) like '%' || lower(${bind(escapeLike(filter.q))}) || '%'`,
      );
    return this.lists.read<SegmentRow, SegmentView>(
      {
        domain: 'identity.list-segments',
        select: COLUMNS,
        from: 'identity.segments s',
        where,
        values,
        request,
        order: [
          { sql: 's.created_at', type: 'timestamptz' },
          { sql: 's.id', type: 'uuid' },
        ],
      },
      toView,
    );
  }

  /** Returns true if the workspace has segments. */
  async exist(workspaceId: string): Promise<boolean> {
    return (await this.database.row(EXIST, [workspaceId])) !== null;
  }

  /** All segments of a workspace, or one segment, locked in ID order until the transaction ends. */
  async lock(workspaceId: string, id: string | null): Promise<SegmentView[]> {
    return (await this.database.rows<SegmentRow>(LOCK, [workspaceId, id])).map(toView);
  }

  async add(
    workspaceId: string,
    id: string,
    { name, description, filter, isTimeDependent }: SegmentState,
    now: string,
  ): Promise<void> {
    await this.database.execute(ADD, [
      workspaceId,
      id,
      name,
      description,
      JSON.stringify(filter),
      isTimeDependent,
      now,
    ]);
  }

  async update(
    workspaceId: string,
    id: string,
    { name, description, filter, isTimeDependent }: SegmentState,
    now: string,
  ): Promise<void> {
    await this.database.execute(UPDATE, [
      workspaceId,
      id,
      name,
      description,
      JSON.stringify(filter),
      isTimeDependent,
      now,
    ]);
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.execute(DELETE, [workspaceId, id]);
  }

  /** Segments of a contact as of the last membership update. */
  listByContact(workspaceId: string, contactId: string): Promise<ContactSegment[]> {
    return this.database.rows<ContactSegment & Record<string, unknown>>(LIST_BY_CONTACT, [workspaceId, contactId]);
  }

  /** Segments of all workspaces that contacts enter and leave because time passes. */
  listTimeDependent(): Promise<{ readonly workspaceId: string; readonly id: string }[]> {
    return this.database.rows(LIST_TIME_DEPENDENT);
  }
}
