import {
  EnumField,
  omitUndefined,
  UuidField,
  JsonObjectField,
  StringField,
  StringListField,
  DateField,
} from '@parley/kernel/http';
import { MAX_TAGS } from '../conversation-actions.service.js';
import {
  CONVERSATION_STATUSES,
  PRIORITIES,
  type UpdateConversationInput,
  type ConversationStatus,
  type Priority,
} from '../conversation.view.js';
import { UserIdOrMeField, resolveUserIdOrMe } from './user-or-me.js';

/** What to change about one conversation or many; what is left out stays as it is. */
export class ConversationFieldsDto {
  @StringField({
    description: 'What it is about.',
    optional: true,
    nullable: true,
    max: 500,
    example: 'Missing invoice 2026-11',
  })
  subject?: string | null;

  @EnumField(CONVERSATION_STATUSES, {
    description: 'New status. An illegal step is 422 and names the legal ones.',
    optional: true,
    example: 'pending',
  })
  status?: ConversationStatus;

  @DateField({
    description:
      'Goes with the status `snoozed`: when the snooze ends; null is when the customer writes. Without a status it moves the end of the snooze that there is.',
    optional: true,
    nullable: true,
    example: null,
  })
  snoozed_until?: string | null;

  @EnumField(PRIORITIES, { description: 'New priority.', optional: true, example: 'high' })
  priority?: Priority;

  @UuidField({
    description: 'Inbox to move it to; null takes it out of whichever it is in.',
    optional: true,
    nullable: true,
    example: null,
  })
  inbox_id?: string | null;

  @UserIdOrMeField({
    description: 'User to give it to: an id, or `me`; null takes it from whoever has it.',
    optional: true,
    nullable: true,
    example: null,
  })
  assignee_id?: string | null;

  @UuidField({
    description: 'Team to give it to; null takes it from whichever has it.',
    optional: true,
    nullable: true,
    example: null,
  })
  team_id?: string | null;

  @StringListField({
    description: 'All its tags from now on.',
    optional: true,
    maxItems: MAX_TAGS,
    minLength: 1,
    maxLength: 100,
    example: ['billing'],
  })
  tags?: string[];

  @JsonObjectField({
    description: 'Fields of your own to set; those that are null go, and all others stay as they are.',
    optional: true,
    example: { order_id: '4711' },
  })
  custom_fields?: Record<string, unknown>;

  @JsonObjectField({ description: 'All metadata from now on.', optional: true, example: {} })
  metadata?: Record<string, unknown>;
}

/** What to change about a conversation; what is left out stays as it is. */
export class UpdateConversationDto extends ConversationFieldsDto {
  @UuidField({
    description: 'Contact that it is with from now on. What the former one said stays theirs. Not one who is blocked.',
    optional: true,
  })
  contact_id?: string;
}

/**
 * The request in the domain's names, of whom `me` stands for; what was left out stays out.
 * @param path where the request has the fields.
 * @throws DomainError BAD_REQUEST for who is neither an id nor `me`.
 */
export function toUpdateConversationInput(
  dto: ConversationFieldsDto & Pick<UpdateConversationDto, 'contact_id'>,
  me: string | null,
  path = '',
): UpdateConversationInput {
  const assigneeId = resolveUserIdOrMe(`${path}assignee_id`, dto.assignee_id, me);
  const {
    subject,
    status,
    snoozed_until: snoozedUntil,
    priority,
    inbox_id: inboxId,
    contact_id: contactId,
    team_id: teamId,
    tags,
    custom_fields: customFields,
    metadata,
  } = dto;
  const fields = {
    subject,
    status,
    snoozedUntil: status === 'snoozed' ? (snoozedUntil ?? null) : snoozedUntil,
    priority,
    inboxId,
    contactId,
    assigneeId,
    teamId,
    tags,
    customFields,
    metadata,
  };
  return omitUndefined(fields);
}

/** Whom to give a conversation to; what is left out stays as it is. */
export class AssignConversationDto {
  @UserIdOrMeField({
    description: 'User to give it to: an id, or `me`; null takes it from whoever has it.',
    optional: true,
    nullable: true,
  })
  assignee_id?: string | null;

  @UuidField({
    description: 'Team to give it to; null takes it from whichever has it.',
    optional: true,
    nullable: true,
  })
  team_id?: string | null;
}

/** Until when to put a conversation aside. */
export class SnoozeConversationDto {
  @DateField({
    description: 'When it comes back; left out or null, when the customer writes.',
    optional: true,
    nullable: true,
    example: '2027-01-15T10:30:00.000Z',
  })
  until?: string | null;
}
