import { Injectable } from '@nestjs/common';
import { pick } from 'es-toolkit';
import { columnsOf, createBinder, Database, escapeLike, shortRead, statement } from '@parley/kernel/database';
import type { FilterNode } from '@parley/kernel/filter';
import { sortableName, ListReader, timeConditions, type Page, type PageRequest } from '@parley/kernel/pagination';
import { SegmentEntity } from './segment.entity.js';
import type { ContactSegment, SegmentsFilter, SegmentView } from './segment.view.js';

const FIELDS = ['id', 'name', 'description', 'filter', 'version', 'createdAt', 'updatedAt'] as const;

type SegmentRow = Pick<SegmentEntity, (typeof FIELDS)[number]> & Pick<SegmentView, 'memberCount'>;

/** Fields to write. */
export interface SegmentState {
  readonly name: string;
  readonly description: string | null;
  readonly filter: FilterNode;
  readonly isTimeDependent: boolean;
}

const COLUMNS = `${columnsOf(SegmentEntity, 's', FIELDS)}, (select count(*)
  from (select 1
    from identity.segment_members m where m.segment_id = s.id limit 10000) m)::int as "memberCount"`;

const FIND = statement(
  'identity.find-segment',
  `select ${COLUMNS} from identity.segments s where s.workspace_id = $1 and s.id = $2`,
);
const LIST_FILTERS = statement(
  'identity.list-segment-filters',
  'select s.filter from identity.segments s where s.workspace_id = $1 and s.id = any($2)',
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
const LIST_BY_CONTACT = statement(
  'identity.list-segments-by-contact',
  `select s.id, s.name from identity.segment_members m join identity.segments s on s.id = m.segment_id
    where m.workspace_id = $1 and m.contact_id = $2 order by ${sortableName('s.name')}`,
);
const LIST_TIME_DEPENDENT = statement(
  'identity.list-time-dependent-segments',
  'select s.workspace_id as "workspaceId", s.id from identity.segments s where s.is_time_dependent',
);

function toView(row: SegmentRow): SegmentView {
  return pick(row, [...FIELDS, 'memberCount']);
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
    await this.database
      .repository(SegmentEntity)
      .insert({ workspaceId, id, name, description, filter, isTimeDependent, createdAt: now, updatedAt: now });
  }

  async update(
    workspaceId: string,
    id: string,
    { name, description, filter, isTimeDependent }: SegmentState,
    now: string,
  ): Promise<void> {
    await this.database
      .repository(SegmentEntity)
      .update({ workspaceId, id }, { name, description, filter, isTimeDependent, updatedAt: now });
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.repository(SegmentEntity).delete({ workspaceId, id });
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
