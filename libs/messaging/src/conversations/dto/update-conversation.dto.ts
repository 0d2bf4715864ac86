import { MAX_TAGS } from '@parley/identity';
import type { FieldPath } from '@parley/kernel';
import {
  EnumField,
  omitUndefined,
  UuidField,
  JsonObjectField,
  StringField,
  StringListField,
  DateField,
} from '@parley/kernel/http';
import { UserIdOrMeField, resolveUserIdOrMe } from '@parley/teams';
import {
  CONVERSATION_STATUSES,
  PRIORITIES,
  type UpdateConversationInput,
  type ConversationStatus,
  type Priority,
} from '../conversation.view.js';

/** Fields to update in one or many conversations. Omitted fields stay unchanged. */
export class ConversationFieldsDto {
  @StringField({
    description: 'Subject line.',
    optional: true,
    nullable: true,
    max: 500,
    example: 'Missing invoice 2026-11',
    trim: true,
  })
  subject?: string | null;

  @EnumField(CONVERSATION_STATUSES, {
    description: 'New status. Returns 422 with the allowed statuses if the transition is not allowed.',
    optional: true,
    example: 'pending',
  })
  status?: ConversationStatus;

  @DateField({
    description:
      'Time the snooze ends; `null` snoozes until the customer writes. Only allowed with the status ' +
      '`snoozed`, or without `status` if the conversation is already snoozed.',
    optional: true,
    nullable: true,
    example: null,
  })
  snoozed_until?: string | null;

  @EnumField(PRIORITIES, { description: 'New priority.', optional: true, example: 'high' })
  priority?: Priority;

  @UuidField({
    description: 'ID of the new inbox. Pass `null` to remove the conversation from its inbox.',
    optional: true,
    nullable: true,
    example: null,
  })
  inbox_id?: string | null;

  @UserIdOrMeField({
    description: 'ID of the user to assign, or `me`. Pass `null` to unassign.',
    optional: true,
    nullable: true,
    example: null,
  })
  assignee_id?: string | null;

  @UuidField({
    description: 'ID of the team to assign. Pass `null` to unassign.',
    optional: true,
    nullable: true,
    example: null,
  })
  team_id?: string | null;

  @StringListField({
    description: 'Tags. Replaces all tags.',
    optional: true,
    maxItems: MAX_TAGS,
    trim: true,
    maxLength: 100,
    example: ['billing'],
  })
  tags?: string[];

  @JsonObjectField({
    description: 'Custom fields to set. `null` removes a field; omitted fields stay unchanged.',
    optional: true,
    example: { order_id: '4711' },
  })
  custom_fields?: Record<string, unknown>;

  @JsonObjectField({
    description: 'Arbitrary JSON for integrations. Replaces all metadata.',
    optional: true,
    example: {},
  })
  metadata?: Record<string, unknown>;
}

/** Fields to update in a conversation. Omitted fields stay unchanged. */
export class UpdateConversationDto extends ConversationFieldsDto {
  @UuidField({
    description: 'ID of the new contact, who must not be blocked. Existing messages keep their author.',
    optional: true,
  })
  contact_id?: string;
}

/**
 * Maps the request to the service input; `me` refers to the given user. Omitted fields stay undefined.
 * @param path path of the update in the input.
 * @throws DomainError BAD_REQUEST for a user reference that is neither an id nor `me`.
 */
export function toUpdateConversationInput(
  dto: ConversationFieldsDto & Pick<UpdateConversationDto, 'contact_id'>,
  me: string | null,
  path: FieldPath = [],
): UpdateConversationInput {
  const assigneeId = resolveUserIdOrMe([...path, 'assigneeId'], dto.assignee_id, me);
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

/** New assignee and team. Omitted fields stay unchanged. */
export class AssignConversationDto {
  @UserIdOrMeField({
    description: 'ID of the user to assign, or `me`. Pass `null` to unassign.',
    optional: true,
    nullable: true,
  })
  assignee_id?: string | null;

  @UuidField({
    description: 'ID of the team to assign. Pass `null` to unassign.',
    optional: true,
    nullable: true,
  })
  team_id?: string | null;
}

/** End of a snooze. */
export class SnoozeConversationDto {
  @DateField({
    description: 'Time the snooze ends. If omitted or `null`, the snooze ends when the customer writes.',
    optional: true,
    nullable: true,
    example: '2027-01-15T10:30:00.000Z',
  })
  until?: string | null;
}
