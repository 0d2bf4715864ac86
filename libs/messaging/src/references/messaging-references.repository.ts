import { Injectable } from '@nestjs/common';
import { CUSTOM_FIELD, TAG } from '@parley/identity';
import { defineAccessStatement, limitToAccess } from '@parley/kernel/auth';
import { Database, statement, type Statement } from '@parley/kernel/database';
import {
  pathsTo,
  ReferenceSource,
  ResolveReferences,
  type Reference,
  type ReferenceTarget,
  type ReferringObject,
  type TargetState,
} from '@parley/kernel/references';
import { INBOX, TEAM, USER } from '@parley/teams';
import { accessByConversationIdSql } from '../conversations/conversation-row.js';
import { FILE } from '../messaging.references.js';
import {
  cannedResponseReferences,
  quickReplyReferences,
  savedViewReferences,
  scheduledMessageReferences,
} from './stored-references.js';

const RESOLVE = statement(
  'messaging.resolve-references',
  `select '${FILE}' as type, f.id, true as active from messaging.files f
    where f.workspace_id = $1 and f.id = any($2::uuid[]) and f.deleted_at is null`,
);

/** The owner of a personal object, otherwise null. */
const PRIVATE_TO = `case when s.visibility = 'personal' then s.owner_id end as "privateTo",
  s.visibility = 'personal' as "isPersonal"`;

/** True if a template can use the custom field with this key. */
function hasKey(template: string, key: string): string {
  return `strpos(${template}, ${key}::text) > 0`;
}

const LIST_SAVED_VIEWS = statement(
  'messaging.list-saved-views-for-references',
  `select s.id, s.name, ${PRIVATE_TO}, s.team_id as "teamId", s.filter, s.columns from messaging.saved_views s
    where s.workspace_id = $1 order by s.name, s.id limit 10000`,
);
const FIND_CANNED_RESPONSES = statement(
  'messaging.find-canned-responses-with-reference',
  `select s.id, s.shortcut as name, ${PRIVATE_TO}, s.team_id as "teamId", s.attachment_ids as "attachmentIds",
     s.content
   from messaging.canned_responses s
   where s.workspace_id = $1
     and (s.team_id = $2::uuid or $2::uuid = any(s.attachment_ids) or ${hasKey('s.content', '$3')})
   order by s.shortcut, s.id limit 1000`,
);
const FIND_QUICK_REPLIES = statement(
  'messaging.find-quick-replies-with-reference',
  `select s.id, s.title as name, false as "isPersonal", s.inbox_id as "inboxId", s.body
   from messaging.quick_replies s
   where s.workspace_id = $1 and (s.inbox_id = $2::uuid or ${hasKey('s.body', '$3')}) order by s.title, s.id limit 1000`,
);
const FIND_SCHEDULED_MESSAGES = defineAccessStatement(
  statement,
  'messaging.find-scheduled-messages-with-reference',
  accessByConversationIdSql('s.conversation_id', '$4'),
  (access) => `select s.id, left(s.body, 100) as name, false as "isPersonal", s.status, s.author, s.body,
     s.attachment_ids as "attachmentIds"
   from messaging.scheduled_messages s
   where s.workspace_id = $1 and s.status in ('draft', 'pending')
     and (s.author ->> 'id' = $2::text or $2::uuid = any(s.attachment_ids) or ${hasKey('s.body', '$3')})
     ${access} order by s.send_at, s.id limit 1000`,
);

/** A row with its references; {@link Fields} are the columns that have them. */
type ReferringRow<Fields> = Fields & {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly name: string;
  readonly isPersonal: boolean;
  readonly privateTo?: string | null;
};

/** References to users, teams, inboxes, custom fields, tags and files in the settings of this domain. */
@Injectable()
export class MessagingReferencesRepository {
  constructor(private readonly database: Database) {}

  @ResolveReferences([FILE])
  resolve(workspaceId: string, ids: Readonly<Record<string, readonly string[]>>): Promise<TargetState[]> {
    return this.database.rows<TargetState & Record<string, unknown>>(RESOLVE, [workspaceId, ids[FILE]]);
  }

  @ReferenceSource({
    type: 'saved_view',
    scope: 'conversations:read',
    targets: [USER, TEAM, INBOX, CUSTOM_FIELD, TAG],
    columns: ['messaging.saved_views.team_id', 'messaging.saved_views.filter'],
  })
  findSavedViews(workspaceId: string, target: ReferenceTarget): Promise<ReferringObject[]> {
    return this.find(LIST_SAVED_VIEWS, [workspaceId], target, savedViewReferences);
  }

  @ReferenceSource({
    type: 'canned_response',
    scope: 'conversations:read',
    targets: [TEAM, FILE, CUSTOM_FIELD],
    columns: [
      'messaging.canned_responses.team_id',
      'messaging.canned_responses.attachment_ids',
      'messaging.canned_responses.content',
    ],
  })
  findCannedResponses(workspaceId: string, target: ReferenceTarget): Promise<ReferringObject[]> {
    return this.find(FIND_CANNED_RESPONSES, [workspaceId, ...idAndKey(target)], target, cannedResponseReferences);
  }

  @ReferenceSource({
    type: 'quick_reply',
    scope: 'conversations:read',
    targets: [INBOX, CUSTOM_FIELD],
    columns: ['messaging.quick_replies.inbox_id', 'messaging.quick_replies.body'],
  })
  findQuickReplies(workspaceId: string, target: ReferenceTarget): Promise<ReferringObject[]> {
    return this.find(FIND_QUICK_REPLIES, [workspaceId, ...idAndKey(target)], target, quickReplyReferences);
  }

  @ReferenceSource({
    type: 'scheduled_message',
    scope: 'conversations:read',
    targets: [USER, FILE, CUSTOM_FIELD],
    columns: [
      'messaging.scheduled_messages.author',
      'messaging.scheduled_messages.attachment_ids',
      'messaging.scheduled_messages.body',
    ],
  })
  findScheduledMessages(workspaceId: string, target: ReferenceTarget): Promise<ReferringObject[]> {
    const [query, parameters] = limitToAccess(FIND_SCHEDULED_MESSAGES, [workspaceId, ...idAndKey(target)]);
    return this.find(query, parameters, target, scheduledMessageReferences);
  }

  private async find<Fields>(
    query: Statement,
    parameters: readonly unknown[],
    target: ReferenceTarget,
    referencesOf: (fields: Fields) => readonly Reference[],
  ): Promise<ReferringObject[]> {
    const rows = await this.database.rows<ReferringRow<Fields>>(query, parameters);
    return rows
      .map((row) => ({
        id: row.id,
        name: row.name,
        paths: pathsTo(target, referencesOf(row)),
        ...(row.isPersonal && { privateTo: row.privateTo ?? null }),
      }))
      .filter(({ paths }) => paths.length > 0);
  }
}

/** The ID of an object, or the key of a custom field. */
function idAndKey({ type, id }: ReferenceTarget): [id: string | null, key: string | null] {
  return type === CUSTOM_FIELD ? [null, id.slice(id.indexOf('.') + 1)] : [id, null];
}
