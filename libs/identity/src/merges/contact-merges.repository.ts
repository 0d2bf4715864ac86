import { Injectable } from '@nestjs/common';
import type { Actor } from '@parley/kernel';
import { createBinder, Database, statement } from '@parley/kernel/database';
import { ListReader, timeConditions, type Page, type PageRequest, type TimeRange } from '@parley/kernel/pagination';
import type { MergeReceipt } from '../contact-data/contact-data-owner.js';
import type { MergeState } from './contact-merge.js';
import type { ContactMergeRecord, ContactMergeView, MergedContact } from './contact-merge.view.js';

interface MergeRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly target_id: string;
  readonly merged: MergedContact[];
  readonly actor: Actor;
  readonly created_at: string;
  readonly undone_at: string | null;
}

interface MergeRecordRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly target_id: string;
  readonly contact_ids: string[];
  readonly before: MergeState;
  readonly after: MergeState;
  readonly receipts: Record<string, MergeReceipt>;
  readonly created_at: string;
  readonly undone_at: string | null;
}

const COLUMNS = `m.id, m.target_id, m.actor, m.created_at, m.undone_at,
  (select coalesce(json_agg(json_build_object('id', k.id, 'name', c.name, 'email', c.email) order by k.position), '[]')
   from unnest(m.contact_ids) with ordinality k (id, position) left join identity.contacts c on c.id = k.id) as merged`;
const ADD = statement(
  'identity.add-merge',
  `insert into identity.merges (id, workspace_id, target_id, contact_ids, actor, before, after, receipts, created_at)
    values ($2, $1, $3, $4, $5, $6, $7, $8, $9)`,
);
const FIND = statement(
  'identity.find-merge',
  `select ${COLUMNS} from identity.merges m where m.workspace_id = $1 and m.id = $2`,
);
const LOCK = statement(
  'identity.lock-merge',
  `select m.id, m.target_id, m.contact_ids, m.before, m.after, m.receipts, m.created_at, m.undone_at
    from identity.merges m where m.workspace_id = $1 and m.id = $2 for update`,
);
const FIND_NEWEST_ID = statement(
  'identity.find-newest-merge',
  `select m.id from identity.merges m where m.workspace_id = $1 and m.target_id = $2 and m.undone_at is null
    order by m.created_at desc, m.id desc limit 1`,
);
const SET_RECEIPTS = statement(
  'identity.set-merge-receipts',
  'update identity.merges set receipts = $3 where workspace_id = $1 and id = $2',
);
const MARK_UNDONE = statement(
  'identity.mark-merge-undone',
  'update identity.merges set undone_at = $3 where workspace_id = $1 and id = $2',
);

function toView(row: MergeRow): ContactMergeView {
  return {
    id: row.id,
    targetId: row.target_id,
    merged: row.merged,
    actor: row.actor,
    createdAt: row.created_at,
    undoneAt: row.undone_at,
  };
}

@Injectable()
export class ContactMergesRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  async add(
    workspaceId: string,
    merge: Omit<ContactMergeRecord, 'undoneAt' | 'receipts'>,
    actor: Actor,
  ): Promise<void> {
    const { id, targetId, contactIds, before, after, createdAt } = merge;
    await this.database.execute(ADD, [
      workspaceId,
      id,
      targetId,
      contactIds,
      JSON.stringify(actor),
      JSON.stringify(before),
      JSON.stringify(after),
      '{}',
      createdAt,
    ]);
  }

  async setReceipts(workspaceId: string, id: string, receipts: Readonly<Record<string, MergeReceipt>>): Promise<void> {
    await this.database.execute(SET_RECEIPTS, [workspaceId, id, JSON.stringify(receipts)]);
  }

  async find(workspaceId: string, id: string): Promise<ContactMergeView | null> {
    const row = await this.database.row<MergeRow>(FIND, [workspaceId, id]);
    return row && toView(row);
  }

  /** The merge, locked until the transaction ends. */
  async lock(workspaceId: string, id: string): Promise<ContactMergeRecord | null> {
    const row = await this.database.row<MergeRecordRow>(LOCK, [workspaceId, id]);
    return (
      row && {
        id: row.id,
        targetId: row.target_id,
        contactIds: row.contact_ids,
        before: row.before,
        after: row.after,
        receipts: row.receipts,
        createdAt: row.created_at,
        undoneAt: row.undone_at,
      }
    );
  }

  /** ID of the newest merge into a contact that was not undone. */
  async findNewestId(workspaceId: string, targetId: string): Promise<string | null> {
    return (await this.database.row<{ id: string }>(FIND_NEWEST_ID, [workspaceId, targetId]))?.id ?? null;
  }

  async markUndone(workspaceId: string, id: string, at: string): Promise<void> {
    await this.database.execute(MARK_UNDONE, [workspaceId, id, at]);
  }

  list(workspaceId: string, targetId: string, range: TimeRange, request: PageRequest): Promise<Page<ContactMergeView>> {
    const values: unknown[] = [workspaceId, targetId];
    const timeWhere = timeConditions(range, { created: 'm.created_at' }, createBinder(values));
    return this.lists.read<MergeRow, ContactMergeView>(
      {
        domain: 'identity.list-merges',
        select: COLUMNS,
        from: 'identity.merges m',
        where: ['m.workspace_id = $1', 'm.target_id = $2', ...timeWhere],
        values,
        request,
        order: [
          { sql: 'm.created_at', type: 'timestamptz' },
          { sql: 'm.id', type: 'uuid' },
        ],
      },
      toView,
    );
  }
}
