import { Flag, Id, IdList, Integer, Nested, PageQueryDto, QueryList, Text, Time } from '@parley/kernel';
import type { CsatSettings, InboxFields, InboxView } from '../inbox.view.js';
import { BusinessHoursDto, toBusinessHours } from './business-hours.dto.js';

const CHANNEL = { min: 1, max: 40, pattern: /^[a-z][a-z0-9_-]*$/, patternHint: 'must be lower-case letters, digits, _ and -', example: 'email' };
const GREETING = 'Said to whoever begins a conversation by writing, during business hours.';
const AWAY = 'Said instead outside business hours, and to whoever writes on then; at most once in 24 hours to a conversation.';

/** How customers are asked what they think of an answer. */
export class CsatSettingsDto {
  @Flag({ description: 'Whether they are asked.' })
  enabled: boolean;

  @Text({ description: 'The question; null for the channel\'s own words.', optional: true, nullable: true, max: 1000, example: 'How did we do?' })
  message?: string | null;

  @Integer({ description: 'Seconds to wait after resolving. Default 0.', optional: true, min: 0, max: 604_800, example: 300 })
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

  @Nested(() => InboxTeamDto, { description: 'Gets what arrives, unless it is given to another team at once.', nullable: true })
  team: InboxTeamDto | null;

  @Text({ description: `${GREETING} Null says nothing.`, nullable: true, max: 5000, example: 'Thanks for writing: we answer within an hour.' })
  greeting: string | null;

  @Text({ description: `${AWAY} Null says nothing.`, nullable: true, max: 5000, example: 'We are back on Monday at nine.' })
  away_message: string | null;

  @Nested(() => BusinessHoursDto, { description: 'When somebody is there; null is always.', nullable: true })
  business_hours: BusinessHoursDto | null;

  @Nested(() => CsatSettingsDto, { description: 'How customers are asked what they think.' })
  csat: CsatSettingsDto;

  @Integer({ description: 'How many people work in it.', example: 3 })
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
  @Text({ description: 'Name, unique in the workspace regardless of case.', optional: true, min: 1, max: 120, example: 'Support' })
  name?: string;

  @Text({ ...CHANNEL, description: 'What conversations in it come by, unless they say otherwise. Default `api`.', optional: true })
  channel?: string;

  @Id({ description: 'Team that gets what arrives; null for none.', optional: true, nullable: true })
  team_id?: string | null;

  @Text({ description: `${GREETING} Null says nothing.`, optional: true, nullable: true, min: 1, max: 5000, example: 'Thanks for writing: we answer within an hour.' })
  greeting?: string | null;

  @Text({ description: `${AWAY} Null says nothing.`, optional: true, nullable: true, min: 1, max: 5000, example: 'We are back on Monday at nine.' })
  away_message?: string | null;

  @Nested(() => BusinessHoursDto, { description: 'When somebody is there; null is always.', optional: true, nullable: true })
  business_hours?: BusinessHoursDto | null;

  @Nested(() => CsatSettingsDto, { description: 'How customers are asked what they think.', optional: true })
  csat?: CsatSettingsDto;
}

/** A new inbox. */
export class CreateInboxDto extends UpdateInboxDto {
  @Text({ description: 'Name, unique in the workspace regardless of case.', min: 1, max: 120, example: 'Support' })
  declare name: string;

  @IdList({ description: 'Users to let work in it at once.', optional: true, example: [] })
  member_ids?: string[];
}

/** Whom to let work in an inbox. */
export class AddInboxMemberDto {
  @Id({ description: 'An active user of the workspace.' })
  user_id: string;
}

/** Which inboxes to list. */
export class InboxListQueryDto extends PageQueryDto {
  @Text({ description: 'Only inboxes whose name has this in it.', optional: true, max: 200, example: 'supp' })
  q?: string;

  @Id({ description: 'Only inboxes of this team.', optional: true })
  team?: string;

  @Id({ description: 'Only inboxes that this user works in.', optional: true })
  member?: string;

  @QueryList({ description: 'Only inboxes of these channels.', example: 'email' })
  channel?: string[];
}

/** The request in the domain's names. */
export function toInboxFields(dto: UpdateInboxDto): InboxFields {
  const { name, channel, team_id: teamId, greeting, away_message: awayMessage, business_hours: hours, csat } = dto;
  return { name, channel, teamId, greeting, awayMessage, businessHours: hours && toBusinessHours(hours), csat: csat && toCsatSettings(csat) };
}

function toCsatSettings({ enabled, message = null, delay_seconds: delaySeconds = 0 }: CsatSettingsDto): CsatSettings {
  return { enabled, message, delaySeconds };
}

/** Puts an inbox on the wire. */
export function toInboxDto(inbox: InboxView): InboxDto {
  const { enabled, message, delaySeconds } = inbox.csat;
  return {
    id: inbox.id, name: inbox.name, channel: inbox.channel, team: inbox.team, greeting: inbox.greeting, away_message: inbox.awayMessage,
    business_hours: inbox.businessHours as BusinessHoursDto | null, csat: { enabled, message, delay_seconds: delaySeconds }, members_count: inbox.membersCount,
    version: inbox.version, created_at: inbox.createdAt, updated_at: inbox.updatedAt,
  };
}
