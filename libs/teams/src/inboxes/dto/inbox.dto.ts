import type { Principal } from '@parley/kernel';
import {
  BooleanField,
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
import type { CsatSettings, UpdateInboxInput, InboxView } from '../inbox.view.js';
import type { InboxesFilter } from '../inboxes.repository.js';
import { BusinessHoursDto, toBusinessHours } from './business-hours.dto.js';

const CHANNEL_OPTIONS = {
  min: 1,
  max: 40,
  pattern: /^[a-z][a-z0-9_-]*$/,
  patternHint: 'must be lower-case letters, digits, _ and -',
  example: 'email',
};
const GREETING_DESCRIPTION = 'Said to whoever begins a conversation by writing, during business hours.';
/** What being a member of an inbox means, and what it does not. */
export const MEMBERS_DESCRIPTION =
  'Members are told of conversations that begin in it and are assigned to nobody. It limits nothing: everybody in the workspace sees the conversations of every inbox and can be assigned to them.';
const AWAY_MESSAGE_DESCRIPTION =
  'Said instead outside business hours, and to whoever writes on then; at most once in 24 hours to a conversation.';

/** How customers are asked what they think of an answer. */
export class CsatSettingsDto {
  @BooleanField({ description: 'Whether they are asked.' })
  enabled: boolean;

  @StringField({
    description: "The question; null for the channel's own words.",
    optional: true,
    nullable: true,
    max: 1000,
    example: 'How did we do?',
  })
  message?: string | null;

  @IntegerField({
    description: 'Seconds to wait after resolving. Default 0.',
    optional: true,
    min: 0,
    max: 604_800,
    example: 300,
  })
  delay_seconds?: number;
}

/** The team that works in an inbox. */
export class InboxTeamDto {
  @UuidField({ description: 'Id of the team.' })
  id: string;

  @StringField({ description: 'Name of the team.', example: 'Billing' })
  name: string;
}

/** A place where conversations arrive and are worked. */
export class InboxDto {
  @UuidField({ description: 'Id of the inbox.' })
  id: string;

  @StringField({ description: 'Name, unique in the workspace regardless of case.', example: 'Support' })
  name: string;

  @StringField({ description: 'What conversations in it come by, unless they say otherwise.', example: 'email' })
  channel: string;

  @NestedField(() => InboxTeamDto, {
    description: 'Gets what arrives, unless it is given to another team at once.',
    nullable: true,
  })
  team: InboxTeamDto | null;

  @StringField({
    description: `${GREETING_DESCRIPTION} Null says nothing.`,
    nullable: true,
    max: 5000,
    example: 'Thanks for writing: we answer within an hour.',
  })
  greeting: string | null;

  @StringField({
    description: `${AWAY_MESSAGE_DESCRIPTION} Null says nothing.`,
    nullable: true,
    max: 5000,
    example: 'We are back on Monday at nine.',
  })
  away_message: string | null;

  @NestedField(() => BusinessHoursDto, { description: 'When somebody is there; null is always.', nullable: true })
  business_hours: BusinessHoursDto | null;

  @NestedField(() => CsatSettingsDto, { description: 'How customers are asked what they think.' })
  csat: CsatSettingsDto;

  @IntegerField({
    description:
      'How many people are its members: they are told of conversations that begin in it for nobody in particular.',
    example: 3,
  })
  members_count: number;

  @IntegerField({ description: 'Grows with each change; also the `ETag`.', example: 1 })
  version: number;

  @DateField({ description: 'When it was made.' })
  created_at: string;

  @DateField({ description: 'When it was changed last.' })
  updated_at: string;
}

/** What to change about an inbox; what is left out stays as it is. */
export class UpdateInboxDto {
  @StringField({
    description: 'Name, unique in the workspace regardless of case.',
    optional: true,
    min: 1,
    max: 120,
    example: 'Support',
  })
  name?: string;

  @StringField({
    ...CHANNEL_OPTIONS,
    description: 'What conversations in it come by, unless they say otherwise. Default `api`.',
    optional: true,
  })
  channel?: string;

  @UuidField({ description: 'Team that gets what arrives; null for none.', optional: true, nullable: true })
  team_id?: string | null;

  @StringField({
    description: `${GREETING_DESCRIPTION} Null says nothing.`,
    optional: true,
    nullable: true,
    min: 1,
    max: 5000,
    example: 'Thanks for writing: we answer within an hour.',
  })
  greeting?: string | null;

  @StringField({
    description: `${AWAY_MESSAGE_DESCRIPTION} Null says nothing.`,
    optional: true,
    nullable: true,
    min: 1,
    max: 5000,
    example: 'We are back on Monday at nine.',
  })
  away_message?: string | null;

  @NestedField(() => BusinessHoursDto, {
    description: 'When somebody is there; null is always.',
    optional: true,
    nullable: true,
  })
  business_hours?: BusinessHoursDto | null;

  @NestedField(() => CsatSettingsDto, { description: 'How customers are asked what they think.', optional: true })
  csat?: CsatSettingsDto;
}

/** A new inbox. */
export class CreateInboxDto extends UpdateInboxDto {
  @StringField({
    description: 'Name, unique in the workspace regardless of case.',
    min: 1,
    max: 120,
    example: 'Support',
  })
  declare name: string;

  @UuidListField({
    description: `Users who are its members at once. ${MEMBERS_DESCRIPTION}`,
    optional: true,
    example: [],
  })
  member_ids?: string[];
}

/** Whom to make a member of an inbox. */
export class AddInboxMemberDto {
  @UuidField({ description: 'An active user of the workspace.' })
  user_id: string;
}

/** Which inboxes to list. */
export class InboxListQueryDto extends NamedListQueryDto {
  @StringField({ description: 'Only inboxes whose name has this in it.', optional: true, max: 200, example: 'supp' })
  q?: string;

  @ListQueryField({
    description: 'Only inboxes of one of these teams: ids, or `none` for those of no team.',
    example: 'none',
  })
  team?: string[];

  @ListQueryField({ description: 'Only inboxes that one of these users is a member of: ids, or `me`.', example: 'me' })
  member?: string[];

  @ListQueryField({ description: 'Only inboxes of these channels.', example: 'email' })
  channel?: string[];
}

/** The query in the domain's names. @throws DomainError BAD_REQUEST */
export function toInboxesFilter(query: InboxListQueryDto, { userId }: Principal): InboxesFilter {
  return {
    q: query.q,
    teamIds: parseIdFilter('team', query.team, { none: true }),
    memberIds: parseUserIdFilter('member', query.member, userId),
    channel: query.channel,
    ...toTimeRange(query),
  };
}

/** The request in the domain's names. */
export function toInboxInput(dto: UpdateInboxDto): UpdateInboxInput {
  const {
    name,
    channel,
    team_id: teamId,
    greeting,
    away_message: awayMessage,
    business_hours: businessHours,
    csat,
  } = dto;
  return {
    name,
    channel,
    teamId,
    greeting,
    awayMessage,
    businessHours: businessHours && toBusinessHours(businessHours),
    csat: csat && toCsatSettings(csat),
  };
}

function toCsatSettings({ enabled, message = null, delay_seconds: delaySeconds = 0 }: CsatSettingsDto): CsatSettings {
  return { enabled, message, delaySeconds };
}

/** Puts an inbox on the wire. */
export function toInboxDto(inbox: InboxView): InboxDto {
  const { enabled, message, delaySeconds } = inbox.csat;
  return {
    id: inbox.id,
    name: inbox.name,
    channel: inbox.channel,
    team: inbox.team,
    greeting: inbox.greeting,
    away_message: inbox.awayMessage,
    business_hours: inbox.businessHours as BusinessHoursDto | null,
    csat: { enabled, message, delay_seconds: delaySeconds },
    members_count: inbox.membersCount,
    version: inbox.version,
    created_at: inbox.createdAt,
    updated_at: inbox.updatedAt,
  };
}
