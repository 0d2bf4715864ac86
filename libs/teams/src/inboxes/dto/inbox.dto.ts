import {
  Flag,
  Id,
  IdList,
  idsOrMe,
  idsOrWords,
  Integer,
  Nested,
  QueryList,
  Text,
  Time,
  timeRangeOf,
  type Principal,
} from '@parley/kernel';
import { NamedListQueryDto } from '../../list-query.dto.js';
import type { CsatSettings, InboxFields, InboxView } from '../inbox.view.js';
import type { InboxesFilter } from '../inboxes.repository.js';
import { BusinessHoursDto, toBusinessHours } from './business-hours.dto.js';

const CHANNEL = {
  min: 1,
  max: 40,
  pattern: /^[a-z][a-z0-9_-]*$/,
  patternHint: 'must be lower-case letters, digits, _ and -',
  example: 'email',
};
const GREETING = 'Said to whoever begins a conversation by writing, during business hours.';
/** What being a member of an inbox means, and what it does not. */
export const MEMBERS =
  'Members are told of conversations that begin in it and are assigned to nobody. It limits nothing: everybody in the workspace sees the conversations of every inbox and can be assigned to them.';
const AWAY =
  'Said instead outside business hours, and to whoever writes on then; at most once in 24 hours to a conversation.';

/** How customers are asked what they think of an answer. */
export class CsatSettingsDto {
  @Flag({ description: 'Whether they are asked.' })
  enabled: boolean;

  @Text({
    description: "The question; null for the channel's own words.",
    optional: true,
    nullable: true,
    max: 1000,
    example: 'How did we do?',
  })
  message?: string | null;

  @Integer({
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
  @Id({ description: 'Id of the team.' })
  id: string;

  @Text({ description: 'Name of the team.', example: 'Billing' })
  name: string;
}

/** A place where conversations arrive and are worked. */
export class InboxDto {
  @Id({ description: 'Id of the inbox.' })
  id: string;

  @Text({ description: 'Name, unique in the workspace regardless of case.', example: 'Support' })
  name: string;

  @Text({ description: 'What conversations in it come by, unless they say otherwise.', example: 'email' })
  channel: string;

  @Nested(() => InboxTeamDto, {
    description: 'Gets what arrives, unless it is given to another team at once.',
    nullable: true,
  })
  team: InboxTeamDto | null;

  @Text({
    description: `${GREETING} Null says nothing.`,
    nullable: true,
    max: 5000,
    example: 'Thanks for writing: we answer within an hour.',
  })
  greeting: string | null;

  @Text({
    description: `${AWAY} Null says nothing.`,
    nullable: true,
    max: 5000,
    example: 'We are back on Monday at nine.',
  })
  away_message: string | null;

  @Nested(() => BusinessHoursDto, { description: 'When somebody is there; null is always.', nullable: true })
  business_hours: BusinessHoursDto | null;

  @Nested(() => CsatSettingsDto, { description: 'How customers are asked what they think.' })
  csat: CsatSettingsDto;

  @Integer({
    description:
      'How many people are its members: they are told of conversations that begin in it for nobody in particular.',
    example: 3,
  })
  members_count: number;

  @Integer({ description: 'Grows with each change; also the `ETag`.', example: 1 })
  version: number;

  @Time({ description: 'When it was made.' })
  created_at: string;

  @Time({ description: 'When it was changed last.' })
  updated_at: string;
}

/** What to change about an inbox; what is left out stays as it is. */
export class UpdateInboxDto {
  @Text({
    description: 'Name, unique in the workspace regardless of case.',
    optional: true,
    min: 1,
    max: 120,
    example: 'Support',
  })
  name?: string;

  @Text({
    ...CHANNEL,
    description: 'What conversations in it come by, unless they say otherwise. Default `api`.',
    optional: true,
  })
  channel?: string;

  @Id({ description: 'Team that gets what arrives; null for none.', optional: true, nullable: true })
  team_id?: string | null;

  @Text({
    description: `${GREETING} Null says nothing.`,
    optional: true,
    nullable: true,
    min: 1,
    max: 5000,
    example: 'Thanks for writing: we answer within an hour.',
  })
  greeting?: string | null;

  @Text({
    description: `${AWAY} Null says nothing.`,
    optional: true,
    nullable: true,
    min: 1,
    max: 5000,
    example: 'We are back on Monday at nine.',
  })
  away_message?: string | null;

  @Nested(() => BusinessHoursDto, {
    description: 'When somebody is there; null is always.',
    optional: true,
    nullable: true,
  })
  business_hours?: BusinessHoursDto | null;

  @Nested(() => CsatSettingsDto, { description: 'How customers are asked what they think.', optional: true })
  csat?: CsatSettingsDto;
}

/** A new inbox. */
export class CreateInboxDto extends UpdateInboxDto {
  @Text({ description: 'Name, unique in the workspace regardless of case.', min: 1, max: 120, example: 'Support' })
  declare name: string;

  @IdList({ description: `Users who are its members at once. ${MEMBERS}`, optional: true, example: [] })
  member_ids?: string[];
}

/** Whom to make a member of an inbox. */
export class AddInboxMemberDto {
  @Id({ description: 'An active user of the workspace.' })
  user_id: string;
}

/** Which inboxes to list. */
export class InboxListQueryDto extends NamedListQueryDto {
  @Text({ description: 'Only inboxes whose name has this in it.', optional: true, max: 200, example: 'supp' })
  q?: string;

  @QueryList({
    description: 'Only inboxes of one of these teams: ids, or `none` for those of no team.',
    example: 'none',
  })
  team?: string[];

  @QueryList({ description: 'Only inboxes that one of these users is a member of: ids, or `me`.', example: 'me' })
  member?: string[];

  @QueryList({ description: 'Only inboxes of these channels.', example: 'email' })
  channel?: string[];
}

/** The query in the domain's names. @throws DomainError BAD_REQUEST */
export function toInboxesFilter(query: InboxListQueryDto, { userId }: Principal): InboxesFilter {
  return {
    q: query.q,
    teamIds: idsOrWords('team', query.team, { none: true }),
    memberIds: idsOrMe('member', query.member, userId),
    channel: query.channel,
    ...timeRangeOf(query),
  };
}

/** The request in the domain's names. */
export function toInboxFields(dto: UpdateInboxDto): InboxFields {
  const { name, channel, team_id: teamId, greeting, away_message: awayMessage, business_hours: hours, csat } = dto;
  return {
    name,
    channel,
    teamId,
    greeting,
    awayMessage,
    businessHours: hours && toBusinessHours(hours),
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
