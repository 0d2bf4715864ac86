import { Injectable } from '@nestjs/common';
import { createBinder, Database, escapeLike, statement } from '@parley/kernel/database';
import { ListReader, timeConditions, type Page, type PageRequest, type TimeRange } from '@parley/kernel/pagination';
import type { QuickReplyInput, QuickReplyView } from './quick-reply.view.js';

interface QuickReplyRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly inbox_id: string | null;
  readonly position: number;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Filter of the list of quick replies. */
export interface QuickRepliesFilter extends TimeRange {
  readonly q?: string;
  /** Inbox that offers the replies; null matches replies that all inboxes offer. */
  readonly offeredInboxId?: string | null;
}

const COLUMNS = 'r.id, r.title, r.body, r.inbox_id, r.position, r.version, r.created_at, r.updated_at';

const FIND = statement(
  'messaging.find-quick-reply',
  `select ${COLUMNS} from messaging.quick_replies r where r.workspace_id = $1 and r.id = $2`,
);
const LOCK = statement(
  'messaging.lock-quick-reply',
  `select ${COLUMNS} from messaging.quick_replies r where r.workspace_id = $1 and r.id = $2 for update`,
);
const ADD = statement(
  'messaging.add-quick-reply',
  `insert into messaging.quick_replies as r (id, workspace_id, title, body, inbox_id, position)
   values ($2, $1, $3, $4, $5, coalesce($6, (select max(position) + 1 from messaging.quick_replies
     where workspace_id = $1), 0)) returning ${COLUMNS}`,
);
const UPDATE = statement(
  'messaging.update-quick-reply',
  `update messaging.quick_replies r set title = $3, body = $4, inbox_id = $5, position = $6, version = version + 1,
    updated_at = now() where r.workspace_id = $1 and r.id = $2 returning ${COLUMNS}`,
);
const DELETE = statement(
  'messaging.delete-quick-reply',
  'delete from messaging.quick_replies where workspace_id = $1 and id = $2',
);

function toView(row: QuickReplyRow): QuickReplyView {
  return {
    id: row.id,
    title: row.title,
    body: row.body,
    inboxId: row.inbox_id,
    position: row.position,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** Rows of `messaging.quick_replies`. */
@Injectable()
export class QuickRepliesRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  async find(workspaceId: string, id: string): Promise<QuickReplyView | null> {
    const row = await this.database.row<QuickReplyRow>(FIND, [workspaceId, id]);
    return row && toView(row);
  }

  /** Locks the quick reply until the transaction ends. */
  async lock(workspaceId: string, id: string): Promise<QuickReplyView | null> {
    const row = await this.database.row<QuickReplyRow>(LOCK, [workspaceId, id]);
    return row && toView(row);
  }

  /** Adds the reply last if `position` is null. */
  async add(
    workspaceId: string,
    id: string,
    { title, body, inboxId, position }: Omit<QuickReplyInput, 'position'> & { position: number | null },
  ): Promise<QuickReplyView> {
    return toView((await this.database.row<QuickReplyRow>(ADD, [workspaceId, id, title, body, inboxId, position]))!);
  }

  async update(
    workspaceId: string,
    id: string,
    { title, body, inboxId, position }: QuickReplyInput,
  ): Promise<QuickReplyView> {
    return toView((await this.database.row<QuickReplyRow>(UPDATE, [workspaceId, id, title, body, inboxId, position]))!);
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.execute(DELETE, [workspaceId, id]);
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
        select: COLUMNS,
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
