import { MAX_TAGS } from '@parley/identity';
import {
  EmailField,
  EnumField,
  JsonObjectField,
  NestedField,
  StringField,
  StringListField,
  UuidField,
} from '@parley/kernel/http';
import { PRIORITIES, type Priority } from '@parley/messaging';
import { resolveUserIdOrMe, UserIdOrMeField } from '@parley/teams';
import { MAX_DESCRIPTION_LENGTH, type CreateTicketInput } from '../ticket.view.js';

/** Contact of a new ticket; found by identifier, e-mail or phone number in that order, or created. */
export class TicketContactInputDto {
  @StringField({ description: "Contact's ID in an external system.", optional: true, min: 1, example: 'customer-4711' })
  identifier?: string;

  @EmailField({ description: "Contact's e-mail address.", optional: true, example: 'reporter@example.com' })
  email?: string;

  @StringField({ description: "Contact's full name.", optional: true, example: 'John Doe', trim: true })
  name?: string;

  @StringField({
    description: "Contact's phone number, as in `POST /v1/conversations`.",
    optional: true,
    max: 40,
    example: '+14155550123',
  })
  phone?: string;
}

/** Fields of a new ticket. */
export class CreateTicketDto {
  @StringField({
    description: 'Subject line.',
    min: 1,
    max: 500,
    example: 'Bug report: Login issue',
    trim: true,
  })
  subject: string;

  @StringField({
    description: 'Description of the request. The first message of a new conversation has the same text.',
    optional: true,
    nullable: true,
    max: MAX_DESCRIPTION_LENGTH,
    example: 'Users are unable to log in since the last update.',
  })
  description?: string | null;

  @NestedField(() => TicketContactInputDto, {
    description:
      'Contact to find by identifier, e-mail or phone number in that order, or to create. Required unless ' +
      '`contact_id` or `conversation_id` is given.',
    optional: true,
  })
  contact?: TicketContactInputDto;

  @UuidField({ description: 'ID of the contact. Takes precedence over `contact`.', optional: true })
  contact_id?: string;

  @UuidField({
    description:
      'ID of an existing conversation that becomes the thread of the ticket. The ticket takes its contact, and its ' +
      'inbox, team, assignee and priority unless they are given. Cannot be combined with `contact` and `contact_id`. ' +
      'Default: a new conversation, which is resolved, closed and reopened with the ticket.',
    optional: true,
  })
  conversation_id?: string;

  @EnumField(['open', 'pending'], { description: 'Initial status. Default: `open`.', optional: true, example: 'open' })
  status?: 'open' | 'pending';

  @EnumField(PRIORITIES, {
    description: 'Priority. Default: that of the type, else that of the conversation, else `normal`.',
    optional: true,
    example: 'high',
  })
  priority?: Priority;

  @UuidField({
    description: 'ID of the type. Fields that its form requires must have values in `custom_fields`.',
    optional: true,
    nullable: true,
    example: null,
  })
  type_id?: string | null;

  @UuidField({ description: 'ID of the inbox.', optional: true, nullable: true, example: null })
  inbox_id?: string | null;

  @UuidField({
    description: 'ID of the team to assign. Default: the team of the type, else that of the conversation or inbox.',
    optional: true,
    nullable: true,
    example: null,
  })
  team_id?: string | null;

  @UserIdOrMeField({
    description: 'ID of the user to assign, or `me`. Default: the assignee of the conversation.',
    optional: true,
    nullable: true,
    example: null,
  })
  assignee_id?: string | null;

  @StringListField({
    description: 'Tags. Tags that do not exist are created.',
    optional: true,
    maxItems: MAX_TAGS,
    trim: true,
    maxLength: 100,
    example: ['bug', 'login'],
  })
  tags?: string[];

  @JsonObjectField({
    description: 'Values of custom fields. Fields with the value `null` are ignored.',
    optional: true,
    example: { order_id: '4711' },
  })
  custom_fields?: Record<string, unknown>;

  @StringField({
    description: 'ID in an external system. Unique within the workspace.',
    optional: true,
    nullable: true,
    min: 1,
    example: null,
  })
  external_id?: string | null;
}

/**
 * Maps the request to the service input; `me` refers to the given user.
 * @throws DomainError BAD_REQUEST for a user reference that is neither an ID nor `me`.
 */
export function toCreateTicketInput(dto: CreateTicketDto, me: string | null): CreateTicketInput {
  const hasContact = dto.contact !== undefined || dto.contact_id !== undefined;
  return {
    subject: dto.subject,
    description: dto.description,
    contact: hasContact ? { ...dto.contact, ...(dto.contact_id !== undefined && { id: dto.contact_id }) } : undefined,
    conversationId: dto.conversation_id,
    status: dto.status,
    priority: dto.priority,
    typeId: dto.type_id,
    inboxId: dto.inbox_id,
    teamId: dto.team_id,
    assigneeId: resolveUserIdOrMe('assigneeId', dto.assignee_id, me),
    tags: dto.tags,
    customFields: dto.custom_fields,
    externalId: dto.external_id,
  };
}
