import { Injectable } from '@nestjs/common';
import { Database, likeText, ListReader, statement, type OrderKey, type Page, type PageRequest } from '@parley/kernel';
import { visibleSql, type Viewer, type Visibility } from '../sharing/audience.js';
import type { PreparedType } from '../templates/templates.js';
import type { CannedResponseFields, CannedResponsesFilter, CannedResponseView } from './canned-response.view.js';

interface CannedResponseRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly visibility: Visibility;
  readonly team_id: string | null;
  readonly team_name: string | null;
  readonly owner_id: string | null;
  readonly shortcut: string;
  readonly content: string;
  readonly content_type: PreparedType;
  readonly attachment_ids: string[];
  readonly usage_count: number;
  readonly last_used_at: string | null;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

const COLUMNS =
  'r.id, r.visibility, r.team_id, t.name as team_name, r.owner_id, r.shortcut, r.content, r.content_type, r.attachment_ids, r.usage_count, r.last_used_at, r.version, r.created_at, r.updated_at';
const FROM = 'messaging.canned_responses r left join teams.team_cards t on t.id = r.team_id';
const SEEN = visibleSql('r', '$2', '$3');

const FIND = statement('messaging.find-canned-response', `select ${COLUMNS} from ${FROM} where r.workspace_id = $1 and ${SEEN} and r.id = $4`);
const LOCK = statement('messaging.lock-canned-response', `select ${COLUMNS} from ${FROM} where r.workspace_id = $1 and ${SEEN} and r.id = $4 for update of r`);
const ADD = statement(
  'messaging.add-canned-response',
  `insert into messaging.canned_responses (id, workspace_id, owner_id, visibility, team_id, shortcut, content, content_type, attachment_ids) values ($2, $1, $3, $4, $5, $6, $7, $8, $9)`,
);
const UPDATE = statement(
  'messaging.update-canned-response',
  `update messaging.canned_responses set owner_id = $3, visibility = $4, team_id = $5, shortcut = $6, content = $7, content_type = $8, attachment_ids = $9, version = version + 1,
     updated_at = now() where workspace_id = $1 and id = $2`,
);
const DELETE = statement('messaging.delete-canned-response', 'delete from messaging.canned_responses where workspace_id = $1 and id = $2');
const NOTE_USE = statement('messaging.note-canned-response-use', 'update messaging.canned_responses set usage_count = usage_count + 1, last_used_at = $3 where workspace_id = $1 and id = $2');

function toView(row: CannedResponseRow): CannedResponseView {
  return {
    id: row.id, visibility: row.visibility, teamId: row.team_id, team: row.team_id === null ? null : { id: row.team_id, name: row.team_name }, ownerId: row.owner_id,
    shortcut: row.shortcut, content: row.content, contentType: row.content_type, attachmentIds: row.attachment_ids, usageCount: row.usage_count, lastUsedAt: row.last_used_at,
    version: row.version, createdAt: row.created_at, updatedAt: row.updated_at,
  };
}

function valuesOf(workspaceId: string, id: string, ownerId: string | null, fields: CannedResponseFields): unknown[] {
  const { visibility, teamId, shortcut, content, contentType, attachmentIds } = fields;
  return [workspaceId, id, ownerId, visibility, teamId, shortcut, content, contentType, attachmentIds];
}

/** Rows of `messaging.canned_responses`. */
@Injectable()
export class CannedResponsesRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  async find(workspaceId: string, viewer: Viewer, id: string): Promise<CannedResponseView | null> {
    const row = await this.database.row<CannedResponseRow>(FIND, [workspaceId, viewer.userId, viewer.seesTeams, id]);
    return row && toView(row);
  }

  async lock(workspaceId: string, viewer: Viewer, id: string): Promise<CannedResponseView | null> {
    const row = await this.database.row<CannedResponseRow>(LOCK, [workspaceId, viewer.userId, viewer.seesTeams, id]);
    return row && toView(row);
  }

  async add(workspaceId: string, id: string, ownerId: string | null, fields: CannedResponseFields): Promise<void> {
    await this.database.execute(ADD, valuesOf(workspaceId, id, ownerId, fields));
  }

  async update(workspaceId: string, id: string, ownerId: string | null, fields: CannedResponseFields): Promise<void> {
    await this.database.execute(UPDATE, valuesOf(workspaceId, id, ownerId, fields));
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.execute(DELETE, [workspaceId, id]);
  }

  async noteUse(workspaceId: string, id: string, now: string): Promise<void> {
    await this.database.execute(NOTE_USE, [workspaceId, id, now]);
  }

  /** By shortcut; with `q`, those first whose shortcut begins with it, then those with it elsewhere in the shortcut, then in the text. */
  list(workspaceId: string, viewer: Viewer, filter: CannedResponsesFilter, request: PageRequest): Promise<Page<CannedResponseView>> {
    const values: unknown[] = [workspaceId, viewer.userId, viewer.seesTeams];
    const where = ['r.workspace_id = $1', SEEN];
    const order: OrderKey[] = [{ sql: 'lower(r.shortcut)', type: 'text' }, { sql: 'r.id', type: 'uuid' }];
    if (filter.visibility) where.push(`r.visibility = any($${values.push(filter.visibility)})`);
    if (filter.teamId) where.push(`r.team_id = $${values.push(filter.teamId)}`);
    if (filter.q) {
      const like = likeText(filter.q);
      const [begins, contains] = [`$${values.push(`${like}%`)}`, `$${values.push(`%${like}%`)}`];
      where.push(`(r.shortcut ilike ${contains} or r.content ilike ${contains})`);
      order.unshift({ sql: `(case when r.shortcut ilike ${begins} then 0 when r.shortcut ilike ${contains} then 1 else 2 end)`, type: 'int' });
    }
    return this.lists.read<CannedResponseRow, CannedResponseView>(
      { domain: 'messaging.list-canned-responses', select: COLUMNS, from: FROM, countFrom: 'messaging.canned_responses r', where, values, request, order },
      toView,
    );
  }
}
