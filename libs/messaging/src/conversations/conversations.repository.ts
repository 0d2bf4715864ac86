import { Injectable } from '@nestjs/common';
import { currentHiddenInboxIds, defineAccessStatement, limitToAccess } from '@parley/kernel/auth';
import { anyOf, composedStatement, Database, shortRead, statement } from '@parley/kernel/database';
import { inboxAccessSql } from '@parley/teams';
import {
  type ConversationRow,
  type ConversationStateRow,
  STATE_COLUMNS,
  toState,
  toView,
  viewColumns,
  VIEW_JOINS,
} from './conversation-row.js';
import { COLUMN_BY_FIELD } from './conversation-diff.js';
import type { ConversationPatch, ConversationState, ConversationView } from './conversation.view.js';

/** Row of a new conversation. */
export type NewConversationRow = Pick<
  ConversationState,
  | 'id'
  | 'subject'
  | 'status'
  | 'priority'
  | 'channel'
  | 'inboxId'
  | 'contactId'
  | 'assigneeId'
  | 'teamId'
  | 'tags'
  | 'customFields'
  | 'metadata'
  | 'externalId'
> & { readonly createdAt: string };

const FIND = defineAccessStatement(
  shortRead,
  'messaging.find-conversation',
  inboxAccessSql('c', '$3'),
  (access) =>
    `select ${viewColumns(access === '' ? null : '$3')} from messaging.conversations c ${VIEW_JOINS} where c.workspace_id = $1 and c.id = $2 ${access}`,
);
const FIND_BY_EXTERNAL_ID = statement(
  'messaging.find-conversation-by-external-id',
  `select c.id, ${inboxAccessSql('c', '$3')} as "isVisible" from messaging.conversations c
   where c.workspace_id = $1 and c.external_id = $2`,
);
const FIND_MANY = defineAccessStatement(
  statement,
  'messaging.find-conversations',
  inboxAccessSql('c', '$3'),
  (
    access,
  ) => `select ${viewColumns(access === '' ? null : '$3')} from messaging.conversations c ${VIEW_JOINS} where c.workspace_id = $1 and
    c.id = ${anyOf('$2', 'uuid')} ${access}`,
);
const LOCK = defineAccessStatement(
  statement,
  'messaging.lock-conversation',
  inboxAccessSql('c', '$3'),
  (access) =>
    `select ${STATE_COLUMNS} from messaging.conversations c where c.workspace_id = $1 and c.id = $2 ${access} for update`,
);
const LOCK_MANY = defineAccessStatement(
  statement,
  'messaging.lock-conversations',
  inboxAccessSql('c', '$3'),
  (
    access,
  ) => `select ${STATE_COLUMNS} from messaging.conversations c where c.workspace_id = $1 and c.id = any($2) ${access}
    order by c.id for update`,
);
const LIST_HIDDEN_IDS = statement(
  'messaging.list-hidden-conversations',
  'select id from messaging.conversations where workspace_id = $1 and id = any($2) and inbox_id = any($3)',
);
// The row of the number counter is the last lock that a creation takes, so that creations in one workspace block each
// other as briefly as possible.
const ADD = statement(
  'messaging.add-conversation',
  `with counted as (
     insert into messaging.conversation_numbers as n (workspace_id, last) values ($1, 1)
       on conflict (workspace_id) do update set last = n.last + 1 returning last
   ), added as (
   insert into messaging.conversations as c (id, workspace_id, number, subject, status, priority, channel, inbox_id,
     contact_id, assignee_id, team_id, tags, custom_fields, metadata,
     external_id, last_activity_at, status_changed_at, created_at, updated_at)
   select $2, $1, counted.last, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15, $15, $15 from counted
     returning ${STATE_COLUMNS}
   ), participant as (
     insert into messaging.participants (workspace_id, conversation_id, user_id, created_at) select $1, $2, $9::uuid,
       $15 where $9::uuid is not null
   ) select * from added`,
);
const LIST_IDS_BY_OWNER = {
  teamId: statement(
    'messaging.list-conversations-of-team',
    'select id from messaging.conversations where workspace_id = $1 and team_id = $2 order by id limit 500',
  ),
  inboxId: statement(
    'messaging.list-conversations-of-inbox',
    'select id from messaging.conversations where workspace_id = $1 and inbox_id = $2 order by id limit 500',
  ),
  assigneeId: statement(
    'messaging.list-conversations-of-assignee',
    `select id from messaging.conversations where workspace_id = $1 and assignee_id = $2
      and status in ('open', 'pending', 'snoozed') order by id limit 500`,
  ),
};

/** Rows of `messaging.conversations`. Finds and locks only conversations that the caller can see. */
@Injectable()
export class ConversationsRepository {
  constructor(private readonly database: Database) {}

  async find(workspaceId: string, id: string): Promise<ConversationView | null> {
    const row = await this.database.row<ConversationRow>(...limitToAccess(FIND, [workspaceId, id]));
    return row && toView(row);
  }

  /** Returns the conversation with an external ID, or null. `isVisible` is false if the caller cannot see it. */
  findByExternalId(
    workspaceId: string,
    externalId: string,
  ): Promise<{ readonly id: string; readonly isVisible: boolean } | null> {
    return this.database.row(FIND_BY_EXTERNAL_ID, [workspaceId, externalId, currentHiddenInboxIds()]);
  }

  /** Returns which of these conversations are in one of the inboxes. */
  async listHiddenIds(
    workspaceId: string,
    ids: readonly string[],
    hiddenInboxIds: readonly string[],
  ): Promise<Set<string>> {
    const rows = await this.database.rows<{ id: string }>(LIST_HIDDEN_IDS, [workspaceId, ids, hiddenInboxIds]);
    return new Set(rows.map(({ id }) => id));
  }

  /** Returns the existing conversations of the given ids, in no particular order. */
  async findMany(workspaceId: string, ids: readonly string[]): Promise<ConversationView[]> {
    return (await this.database.rows<ConversationRow>(...limitToAccess(FIND_MANY, [workspaceId, ids]))).map(toView);
  }

  /** Locks the conversation until the transaction ends. */
  async lock(workspaceId: string, id: string): Promise<ConversationState | null> {
    const row = await this.database.row<ConversationStateRow>(...limitToAccess(LOCK, [workspaceId, id]));
    return row && toState(row);
  }

  /**
   * Locks the existing conversations of the given ids until the transaction ends. Locks in id order, which prevents
   * deadlocks.
   */
  async lockMany(workspaceId: string, ids: readonly string[]): Promise<ConversationState[]> {
    return (await this.database.rows<ConversationStateRow>(...limitToAccess(LOCK_MANY, [workspaceId, ids]))).map(
      toState,
    );
  }

  /** Inserts the conversation and adds its assignee as a participant. */
  async add(workspaceId: string, conversation: NewConversationRow): Promise<ConversationState> {
    const row = await this.database.row<ConversationStateRow>(ADD, [
      workspaceId,
      conversation.id,
      conversation.subject,
      conversation.status,
      conversation.priority,
      conversation.channel,
      conversation.inboxId,
      conversation.contactId,
      conversation.assigneeId,
      conversation.teamId,
      conversation.tags,
      JSON.stringify(conversation.customFields),
      JSON.stringify(conversation.metadata),
      conversation.externalId,
      conversation.createdAt,
    ]);
    return toState(row!);
  }

  /** Writes the fields of the patch, all of which differ from the stored values. */
  async update(workspaceId: string, id: string, patch: ConversationPatch, now: string): Promise<void> {
    const values: unknown[] = [workspaceId, id, now];
    const sets = (Object.entries(patch) as [keyof ConversationPatch, unknown][]).map(([field, value]) => {
      const json = field === 'customFields' || field === 'metadata';
      return `${COLUMN_BY_FIELD[field]} = $${values.push(json ? JSON.stringify(value) : value)}`;
    });
    // The read position of the previous contact does not apply to the new one.
    if (patch.contactId !== undefined) sets.push('contact_seen_at = null');
    const text = `update messaging.conversations set ${sets.join(', ')}, version = version + 1, updated_at = $3
      where workspace_id = $1 and id = $2`;
    await this.database.execute(composedStatement('messaging.update-conversation', text), values);
  }

  /**
   * Returns the ids of up to 500 conversations of a team or an inbox, or of up to 500 unresolved conversations of an
   * assignee.
   */
  async listIdsByOwner(workspaceId: string, owner: keyof typeof LIST_IDS_BY_OWNER, ownerId: string): Promise<string[]> {
    return (await this.database.rows<{ id: string }>(LIST_IDS_BY_OWNER[owner], [workspaceId, ownerId])).map(
      (row) => row.id,
    );
  }
}
