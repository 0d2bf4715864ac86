import type { Principal } from '@parley/kernel';
import {
  EnumField,
  UuidField,
  UuidListField,
  parseUserIdFilter,
  parseIdFilter,
  IntegerField,
  NestedField,
  ListQueryField,
  StringField,
  DateField,
} from '@parley/kernel/http';
import { toTimeRange } from '@parley/kernel/pagination';
import { NamedListQueryDto } from '../../list-query.dto.js';
import type { UpdateInboxInput, InboxView } from '../inbox.view.js';
import type { InboxesFilter } from '../inboxes.repository.js';
import { INBOX_ACCESS, type InboxAccess } from '../inbox-access-sql.js';
import { BusinessHoursDto, toBusinessHours } from './business-hours.dto.js';

const CHANNEL_OPTIONS = {
  min: 1,
  max: 40,
  pattern: /^[a-z][a-z0-9_-]*$/,
  patternHint: 'must consist of lower-case letters, digits, _ and -, and start with a letter',
  example: 'email',
};
const GREETING_DESCRIPTION =
  'Message that is sent automatically to customers who start a conversation during business hours.';
/** Effect of an inbox membership, for descriptions. */
export const MEMBERS_DESCRIPTION =
  'Members can get the notification `conversation_created` of unassigned conversations in the inbox; it is disabled ' +
  'by default. If the ' +
  '`access` of the inbox is `members`, only they, members of its team, owners and admins see its conversations.';
const ACCESS_DESCRIPTION =
  'Users who can see the conversations of the inbox and be assigned to them. `members`: members of the inbox or of ' +
  'its team, owners and admins. Service keys, automations and webhooks see all conversations.';
const AWAY_MESSAGE_DESCRIPTION =
  'Message that is sent automatically instead of the greeting outside business hours, also to customers who ' +
  'continue a conversation then; at most once in 24 hours per conversation.';

/** Team of an inbox. */
export class InboxTeamDto {
  @UuidField({ description: 'ID of the team.' })
  id: string;

  @StringField({ description: 'Name of the team.', example: 'Billing' })
  name: string;
}

/** Inbox that conversations arrive in. */
export class InboxDto {
  @UuidField({ description: 'ID of the inbox.' })
  id: string;

  @StringField({ description: 'Name, unique in the workspace; case-insensitive.', example: 'Support' })
  name: string;

  @StringField({ description: 'Default channel of conversations in the inbox.', example: 'email' })
  channel: string;

  @EnumField(INBOX_ACCESS, { description: ACCESS_DESCRIPTION, example: 'everyone' })
  access: InboxAccess;

  @NestedField(() => InboxTeamDto, {
    description: 'Team that new conversations are assigned to, unless they are created with another team.',
    nullable: true,
  })
  team: InboxTeamDto | null;

  @StringField({
    description: `${GREETING_DESCRIPTION} Null for none.`,
    nullable: true,
    max: 5000,
    example: 'Thank you for your message. We will reply within an hour.',
  })
  greeting: string | null;

  @StringField({
    description: `${AWAY_MESSAGE_DESCRIPTION} Null for none.`,
    nullable: true,
    max: 5000,
    example: 'We will be back on Monday at 9 a.m.',
  })
  away_message: string | null;

  @NestedField(() => BusinessHoursDto, {
    description: 'Business hours of the inbox; null if it is always open.',
    nullable: true,
  })
  business_hours: BusinessHoursDto | null;

  @IntegerField({
    description: 'Number of members.',
    example: 3,
  })
  members_count: number;

  @IntegerField({
    description: 'Version for optimistic locking; also returned as `ETag`. Incremented by each change.',
    example: 1,
  })
  version: number;

  @DateField({ description: 'Time of creation.' })
  created_at: string;

  @DateField({ description: 'Time of the last change.' })
  updated_at: string;
}

export class UpdateInboxDto {
  @StringField({
    description: 'Name, unique in the workspace; case-insensitive.',
    optional: true,
    min: 1,
    max: 120,
    example: 'Support',
    trim: true,
  })
  name?: string;

  @StringField({
    ...CHANNEL_OPTIONS,
    description: 'Default channel of conversations in the inbox. Default: `api`.',
    optional: true,
  })
  channel?: string;

  @EnumField(INBOX_ACCESS, {
    description: `${ACCESS_DESCRIPTION} Default: \`everyone\`.`,
    optional: true,
    example: 'everyone',
  })
  access?: InboxAccess;

  @UuidField({
    description: 'ID of the team that new conversations are assigned to; null for none.',
    optional: true,
    nullable: true,
  })
  team_id?: string | null;

  @StringField({
    description: `${GREETING_DESCRIPTION} Null for none.`,
    optional: true,
    nullable: true,
    min: 1,
    max: 5000,
    example: 'Thank you for your message. We will reply within an hour.',
  })
  greeting?: string | null;

  @StringField({
    description: `${AWAY_MESSAGE_DESCRIPTION} Null for none.`,
    optional: true,
    nullable: true,
    min: 1,
    max: 5000,
    example: 'We will be back on Monday at 9 a.m.',
  })
  away_message?: string | null;

  @NestedField(() => BusinessHoursDto, {
    description: 'Business hours of the inbox; null if it is always open.',
    optional: true,
    nullable: true,
  })
  business_hours?: BusinessHoursDto | null;
}

export class CreateInboxDto extends UpdateInboxDto {
  @StringField({
    description: 'Name, unique in the workspace; case-insensitive.',
    min: 1,
    max: 120,
    example: 'Support',
    trim: true,
  })
  declare name: string;

  @UuidListField({
    description: `IDs of the initial members. ${MEMBERS_DESCRIPTION}`,
    optional: true,
    example: [],
  })
  member_ids?: string[];
}

export class AddInboxMemberDto {
  @UuidField({ description: 'ID of an active user of the workspace.' })
  user_id: string;
}

export class InboxListQueryDto extends NamedListQueryDto {
  @StringField({
    description: 'Only inboxes whose name contains this text.',
    optional: true,
    max: 200,
    example: 'supp',
  })
  q?: string;

  @ListQueryField({
    description: 'Only inboxes of one of these teams: IDs, or `none` for inboxes without a team.',
    example: 'none',
  })
  team?: string[];

  @ListQueryField({ description: 'Only inboxes that one of these users is a member of: IDs, or `me`.', example: 'me' })
  member?: string[];

  @ListQueryField({ description: 'Only inboxes of these channels.', example: 'email' })
  channel?: string[];
}

/** @throws DomainError BAD_REQUEST for an invalid ID */
export function toInboxesFilter(query: InboxListQueryDto, { userId }: Principal): InboxesFilter {
  return {
    q: query.q,
    teamIds: parseIdFilter('team', query.team, { none: true }),
    memberIds: parseUserIdFilter('member', query.member, userId),
    channel: query.channel,
    ...toTimeRange(query),
  };
}

export function toInboxInput(dto: UpdateInboxDto): UpdateInboxInput {
  const {
    name,
    channel,
    access,
    team_id: teamId,
    greeting,
    away_message: awayMessage,
    business_hours: businessHours,
  } = dto;
  return {
    name,
    channel,
    access,
    teamId,
    greeting,
    awayMessage,
    businessHours: businessHours && toBusinessHours(businessHours),
  };
}

export function toInboxDto(inbox: InboxView): InboxDto {
  return {
    id: inbox.id,
    name: inbox.name,
    channel: inbox.channel,
    access: inbox.access,
    team: inbox.team,
    greeting: inbox.greeting,
    away_message: inbox.awayMessage,
    business_hours: inbox.businessHours as BusinessHoursDto | null,
    members_count: inbox.membersCount,
    version: inbox.version,
    created_at: inbox.createdAt,
    updated_at: inbox.updatedAt,
  };
}
