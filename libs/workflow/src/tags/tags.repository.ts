import { Injectable } from '@nestjs/common';
import { createBinder, Database, escapeLike, statement } from '@parley/kernel/database';
import { ListReader, timeConditions, type Page, type PageRequest, type TimeRange } from '@parley/kernel/pagination';
import type { TagView } from './tag.view.js';

interface TagRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly name: string;
  readonly color: string;
  readonly description: string | null;
  readonly conversation_count: number;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Change of the number of conversations with a tag. */
export interface TagCountChange {
  readonly id: string;
  readonly name: string;
  readonly color: string;
  readonly change: number;
}

const COLUMNS = 't.id, t.name, t.color, t.description, t.conversation_count, t.version, t.created_at, t.updated_at';

const FIND = statement(
  'workflow.find-tag',
  `select ${COLUMNS} from workflow.tags t where t.workspace_id = $1 and t.id = $2`,
);
const LOCK = statement(
  'workflow.lock-tag',
  `select ${COLUMNS} from workflow.tags t where t.workspace_id = $1 and t.id = $2 for update`,
);
const ADD = statement(
  'workflow.add-tag',
  `insert into workflow.tags as t (id, workspace_id, name, color, description) values ($2, $1, $3, $4, $5)
    on conflict do nothing returning ${COLUMNS}`,
);
const UPDATE = statement(
  'workflow.update-tag',
  `update workflow.tags t set color = $3, description = $4, version = version + 1, updated_at = now()
    where t.workspace_id = $1 and t.id = $2 returning ${COLUMNS}`,
);
const DELETE = statement(
  'workflow.delete-tag',
  'delete from workflow.tags where workspace_id = $1 and id = $2 and conversation_count = 0',
);
// Sorted by name, so that concurrent change-sets cannot deadlock.
const ADJUST_COUNTS = statement(
  'workflow.adjust-tag-counts',
  `insert into workflow.tags as t (id, workspace_id, name, color, conversation_count)
   select c.id, $1, c.name, c.color, greatest(c.change, 0)
     from unnest($2::uuid[], $3::text[], $4::text[], $5::int[]) as c (id, name, color, change) order by c.name
   on conflict (workspace_id, name) do update set conversation_count = greatest(t.conversation_count + (
     select c.change from unnest($3::text[], $5::int[]) as c (name, change) where c.name = excluded.name), 0)`,
);

function toView(row: TagRow): TagView {
  return {
    id: row.id,
    name: row.name,
    color: row.color,
    description: row.description,
    count: row.conversation_count,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** Filter of the list of tags. */
export interface TagsFilter extends TimeRange {
  readonly q?: string;
}

/** Rows of `workflow.tags`. */
@Injectable()
export class TagsRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  async find(workspaceId: string, id: string): Promise<TagView | null> {
    const row = await this.database.row<TagRow>(FIND, [workspaceId, id]);
    return row && toView(row);
  }

  async lock(workspaceId: string, id: string): Promise<TagView | null> {
    const row = await this.database.row<TagRow>(LOCK, [workspaceId, id]);
    return row && toView(row);
  }

  /** Returns null if the name is already used. */
  async add(
    workspaceId: string,
    id: string,
    name: string,
    color: string,
    description: string | null,
  ): Promise<TagView | null> {
    const row = await this.database.row<TagRow>(ADD, [workspaceId, id, name, color, description]);
    return row && toView(row);
  }

  async update(workspaceId: string, id: string, color: string, description: string | null): Promise<TagView> {
    return toView((await this.database.row<TagRow>(UPDATE, [workspaceId, id, color, description]))!);
  }

  /** Deletes the tag if no conversation has it. Returns true if it was deleted. */
  async deleteUnused(workspaceId: string, id: string): Promise<boolean> {
    return (await this.database.execute(DELETE, [workspaceId, id])) > 0;
  }

  /** Adds to the counts of tags by name; creates tags that do not exist. */
  async adjustCounts(workspaceId: string, changes: readonly TagCountChange[]): Promise<void> {
    const columns = [
      changes.map(({ id }) => id),
      changes.map(({ name }) => name),
      changes.map(({ color }) => color),
      changes.map(({ change }) => change),
    ];
    await this.database.execute(ADJUST_COUNTS, [workspaceId, ...columns]);
  }

  list(workspaceId: string, filter: TagsFilter, request: PageRequest): Promise<Page<TagView>> {
    const values: unknown[] = [workspaceId];
    const bind = createBinder(values);
    const where = ['t.workspace_id = $1', ...timeConditions(filter, 't', bind)];
    if (filter.q) where.push(`t.name ilike ${bind(`%${escapeLike(filter.q)}%`)}`);
    return this.lists.read<TagRow, TagView>(
      {
        domain: 'workflow.list-tags',
        select: COLUMNS,
        from: 'workflow.tags t',
        where,
        values,
        request,
        order: [{ sql: 't.name', type: 'text' }],
      },
      toView,
    );
  }
}
