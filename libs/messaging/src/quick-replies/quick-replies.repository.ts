import { Injectable } from '@nestjs/common';
import { pick } from 'es-toolkit';
import { columnsOf, createBinder, Database, escapeLike, statement } from '@parley/kernel/database';
import { ListReader, timeConditions, type Page, type PageRequest, type TimeRange } from '@parley/kernel/pagination';
import { QuickReplyEntity } from './quick-reply.entity.js';
import type { QuickReplyInput, QuickReplyView } from './quick-reply.view.js';

const FIELDS = ['id', 'title', 'body', 'inboxId', 'position', 'version', 'createdAt', 'updatedAt'] as const;

type QuickReplyRow = Pick<QuickReplyEntity, (typeof FIELDS)[number]>;

/** Filter of the list of quick replies. */
export interface QuickRepliesFilter extends TimeRange {
  readonly q?: string;
  /** Inbox that offers the replies; null matches replies that all inboxes offer. */
  readonly offeredInboxId?: string | null;
}

const NEXT_POSITION = statement(
  'messaging.next-quick-reply-position',
  'select coalesce(max(position) + 1, 0) as position from messaging.quick_replies where workspace_id = $1',
);

function toView(row: QuickReplyRow): QuickReplyView {
  return pick(row, FIELDS);
}

/** Rows of `messaging.quick_replies`. */
@Injectable()
export class QuickRepliesRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  async find(workspaceId: string, id: string): Promise<QuickReplyView | null> {
    const reply = await this.database.repository(QuickReplyEntity).findOneBy({ workspaceId, id });
    return reply && toView(reply);
  }

  /** Locks the quick reply until the transaction ends. */
  async lock(workspaceId: string, id: string): Promise<QuickReplyView | null> {
    const reply = await this.database
      .repository(QuickReplyEntity)
      .findOne({ where: { workspaceId, id }, lock: { mode: 'pessimistic_write' } });
    return reply && toView(reply);
  }

  /** Adds the reply last if `position` is null. */
  async add(
    workspaceId: string,
    id: string,
    { title, body, inboxId, position }: Omit<QuickReplyInput, 'position'> & { position: number | null },
  ): Promise<QuickReplyView> {
    const replies = this.database.repository(QuickReplyEntity);
    const reply = replies.create({
      workspaceId,
      id,
      title,
      body,
      inboxId,
      position: position ?? (await this.database.row<{ position: number }>(NEXT_POSITION, [workspaceId]))!.position,
    });
    await replies.insert(reply);
    return toView(reply);
  }

  async update(
    workspaceId: string,
    id: string,
    { title, body, inboxId, position }: QuickReplyInput,
  ): Promise<QuickReplyView> {
    await this.database.repository(QuickReplyEntity).update({ workspaceId, id }, { title, body, inboxId, position });
    return (await this.find(workspaceId, id))!;
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.repository(QuickReplyEntity).delete({ workspaceId, id });
  }

  list(workspaceId: string, filter: QuickRepliesFilter, request: PageRequest): Promise<Page<QuickReplyView>> {
    const values: unknown[] = [workspaceId];
    const bind = createBinder(values);
    const where = ['r.workspace_id = $1', ...timeConditions(filter, 'r', bind)];
    if (filter.q) {
      const like = bind(`%${escapeLike(filter.q)}%`);
      where.push(`(r.title ilike ${like} or r.body ilike ${like})`);
    }
    if (filter.offeredInboxId !== undefined)
      where.push(`(r.inbox_id is null or r.inbox_id = ${bind(filter.offeredInboxId)}::uuid)`);
    return this.lists.read<QuickReplyRow, QuickReplyView>(
      {
        domain: 'messaging.list-quick-replies',
        select: columnsOf(QuickReplyEntity, 'r', FIELDS),
        from: 'messaging.quick_replies r',
        where,
        values,
        request,
        order: [
          { sql: 'r.position', type: 'int' },
          { sql: 'r.id', type: 'uuid' },
        ],
      },
      toView,
    );
  }
}
