import { MAX_TAGS } from '@parley/identity';
import type { FieldPath } from '@parley/kernel';
import {
  EnumField,
  JsonObjectField,
  omitUndefined,
  StringField,
  StringListField,
  UuidField,
} from '@parley/kernel/http';
import { PRIORITIES, type Priority } from '@parley/messaging';
import { resolveUserIdOrMe, UserIdOrMeField } from '@parley/teams';
import { MAX_DESCRIPTION_LENGTH, TICKET_STATUSES, type TicketStatus, type UpdateTicketInput } from '../ticket.view.js';

/** Fields to update in one or many tickets. Omitted fields stay unchanged. */
export class TicketFieldsDto {
  @EnumField(TICKET_STATUSES, {
    description: 'New status. Returns 422 with the allowed statuses if the transition is not allowed.',
    optional: true,
    example: 'pending',
  })
  status?: TicketStatus;

  @UuidField({
    description: 'ID of a custom status, which also sets `status`. `null` removes the custom status.',
    optional: true,
    nullable: true,
    example: null,
  })
  custom_status_id?: string | null;

  @EnumField(PRIORITIES, { description: 'New priority.', optional: true, example: 'normal' })
  priority?: Priority;

  @UuidField({
    description: 'ID of the new type. `null` removes the type. Fields that its form requires must have values.',
    optional: true,
    nullable: true,
    example: null,
  })
  type_id?: string | null;

  @UserIdOrMeField({
    description: 'ID of the user to assign, or `me`. `null` unassigns.',
    optional: true,
    nullable: true,
    example: null,
  })
  assignee_id?: string | null;

  @UuidField({
    description: 'ID of the team to assign. `null` unassigns.',
    optional: true,
    nullable: true,
    example: null,
  })
  team_id?: string | null;

  @UuidField({
    description: 'ID of the new inbox. `null` removes the ticket from its inbox. The conversation stays where it is.',
    optional: true,
    nullable: true,
    example: null,
  })
  inbox_id?: string | null;

  @StringListField({
    description: 'Tags. Replaces all tags.',
    optional: true,
    maxItems: MAX_TAGS,
    trim: true,
    maxLength: 100,
    example: ['bug'],
  })
  tags?: string[];

  @JsonObjectField({
    description: 'Custom fields to set. `null` removes a field; omitted fields stay unchanged.',
    optional: true,
    example: { order_id: '4711' },
  })
  custom_fields?: Record<string, unknown>;
}

/** Fields to update in a ticket. Omitted fields stay unchanged. */
export class UpdateTicketDto extends TicketFieldsDto {
  @StringField({
    description: 'Subject line.',
    optional: true,
    min: 1,
    max: 500,
    example: 'Cannot access my account',
    trim: true,
  })
  subject?: string;

  @StringField({
    description: 'Description of the request. `null` removes it. Does not change the messages of the conversation.',
    optional: true,
    nullable: true,
    max: MAX_DESCRIPTION_LENGTH,
    example: 'The password reset mail does not arrive.',
  })
  description?: string | null;

  @UuidField({
    description: 'ID of the new contact. The conversation keeps its contact.',
    optional: true,
  })
  contact_id?: string;

  @StringField({
    description: 'ID in an external system. Unique within the workspace. `null` removes it.',
    optional: true,
    nullable: true,
    min: 1,
    example: null,
  })
  external_id?: string | null;
}

/**
 * Maps the request to the service input; `me` refers to the given user. Omitted fields stay undefined.
 * @param path path of the update in the input.
 * @throws DomainError BAD_REQUEST for a user reference that is neither an ID nor `me`.
 */
export function toUpdateTicketInput(dto: UpdateTicketDto, me: string | null, path: FieldPath = []): UpdateTicketInput {
  return omitUndefined({
    subject: dto.subject,
    description: dto.description,
    status: dto.status,
    customStatusId: dto.custom_status_id,
    priority: dto.priority,
    typeId: dto.type_id,
    inboxId: dto.inbox_id,
    contactId: dto.contact_id,
    assigneeId: resolveUserIdOrMe([...path, 'assigneeId'], dto.assignee_id, me),
    teamId: dto.team_id,
    tags: dto.tags,
    customFields: dto.custom_fields,
    externalId: dto.external_id,
  });
}
