import { Injectable } from '@nestjs/common';
import { columnsOf, createBinder, Database, escapeLike, statement, type Statement } from '@parley/kernel/database';
import {
  nameKey,
  ListReader,
  timeConditions,
  type Page,
  type PageRequest,
  type TimeRange,
} from '@parley/kernel/pagination';
import { TagEntity } from './tag.entity.js';
import type { TagView } from './tag.view.js';

const FIELDS = [
  'id',
  'name',
  'color',
  'description',
  'conversationCount',
  'ticketCount',
  'version',
  'createdAt',
  'updatedAt',
] as const;
type TagRow = Pick<TagEntity, (typeof FIELDS)[number]>;

/** Change of the number of objects with a tag. */
export interface TagCountChange {
  readonly id: string;
  readonly name: string;
  readonly color: string;
  readonly change: number;
}

/** Kinds of objects whose tags are counted. */
export type TaggedObject = 'conversation' | 'ticket';

// Sorted by name, so that concurrent change-sets cannot deadlock.
const ADJUST_COUNTS: Readonly<Record<TaggedObject, Statement>> = {
  conversation: statement('workflow.adjust-tag-counts', adjustCountsSql('conversation_count')),
  ticket: statement('workflow.adjust-tag-ticket-counts', adjustCountsSql('ticket_count')),
};

function adjustCountsSql(column: string): string {
  return `insert into workflow.tags as t (id, workspace_id, name, color, ${column})
   select c.id, $1, c.name, c.color, greatest(c.change, 0)
     from unnest($2::uuid[], $3::text[], $4::text[], $5::int[]) as c (id, name, color, change) order by c.name
   on conflict (workspace_id, name) do update set ${column} = greatest(t.${column} + (
     select c.change from unnest($3::text[], $5::int[]) as c (name, change) where c.name = excluded.name), 0)`;
}

function toView({ conversationCount, ...row }: TagRow): TagView {
  const { id, name, color, description, ticketCount, version, createdAt, updatedAt } = row;
  return { id, name, color, description, count: conversationCount, ticketCount, version, createdAt, updatedAt };
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
    const tag = await this.database.repository(TagEntity).findOneBy({ workspaceId, id });
    return tag && toView(tag);
  }

  /** Returns the tag, locked until the transaction ends. */
  async lock(workspaceId: string, id: string): Promise<TagView | null> {
    const tag = await this.database
      .repository(TagEntity)
      .findOne({ where: { workspaceId, id }, lock: { mode: 'pessimistic_write' } });
    return tag && toView(tag);
  }

  /** Fails on `tags_name` if the name is already used. */
  async add(tag: Pick<TagEntity, 'id' | 'workspaceId' | 'name' | 'color' | 'description'>): Promise<TagView> {
    const tags = this.database.repository(TagEntity);
    const created = tags.create(tag);
    await tags.insert(created);
    return toView(created);
  }

  async update(workspaceId: string, id: string, fields: Pick<TagEntity, 'color' | 'description'>): Promise<TagView> {
    await this.database.repository(TagEntity).update({ workspaceId, id }, fields);
    return (await this.find(workspaceId, id))!;
  }

  /** Deletes the tag if no conversation and no ticket has it. Returns true if it was deleted. */
  async deleteUnused(workspaceId: string, id: string): Promise<boolean> {
    const { affected } = await this.database
      .repository(TagEntity)
      .delete({ workspaceId, id, conversationCount: 0, ticketCount: 0 });
    return affected === 1;
  }

  /** Adds to the counts of tags by name; creates tags that do not exist. */
  async adjustCounts(workspaceId: string, object: TaggedObject, changes: readonly TagCountChange[]): Promise<void> {
    const columns = [
      changes.map(({ id }) => id),
      changes.map(({ name }) => name),
      changes.map(({ color }) => color),
      changes.map(({ change }) => change),
    ];
    await this.database.execute(ADJUST_COUNTS[object], [workspaceId, ...columns]);
  }

  list(workspaceId: string, filter: TagsFilter, request: PageRequest): Promise<Page<TagView>> {
    const values: unknown[] = [workspaceId];
    const bind = createBinder(values);
    const where = ['t.workspace_id = $1', ...timeConditions(filter, 't', bind)];
    if (filter.q) where.push(`t.name ilike ${bind(`%${escapeLike(filter.q)}%`)}`);
    return this.lists.read<TagRow, TagView>(
      {
        domain: 'workflow.list-tags',
        select: columnsOf(TagEntity, 't', FIELDS),
        from: 'workflow.tags t',
        where,
        values,
        request,
        order: [nameKey('t.name')],
      },
      toView,
    );
  }
}
