import {
  DateField,
  EmailField,
  EnumField,
  IntegerField,
  JsonObjectField,
  NestedField,
  StringField,
  StringListField,
  UuidField,
} from '@parley/kernel/http';
import { PRIORITIES } from '@parley/messaging';
import { MAX_DESCRIPTION_LENGTH, TICKET_STATUSES, type TicketView } from '../ticket.view.js';

/** An object that a ticket refers to. */
export class TicketReferenceDto {
  @UuidField({ description: 'ID of the object.' })
  id: string;

  @StringField({ description: 'Name.', nullable: true, example: 'Sarah Chen' })
  name: string | null;
}

/** Contact of a ticket. */
export class TicketContactDto extends TicketReferenceDto {
  @EmailField({ description: "Contact's e-mail address.", nullable: true, example: 'john@example.com' })
  email: string | null;
}

/** Ticket: a request of a contact that is tracked until it is resolved. */
export class TicketDto {
  @UuidField({ description: 'ID of the ticket.' })
  id: string;

  @IntegerField({
    description: 'Human-readable sequence number of tickets within the workspace. Gaps are possible.',
    example: 7,
  })
  number: number;

  @StringField({ description: 'Subject line.', example: 'Cannot access my account' })
  subject: string;

  @StringField({
    description: 'Description of the request.',
    nullable: true,
    max: MAX_DESCRIPTION_LENGTH,
    example: 'The password reset mail does not arrive.',
  })
  description: string | null;

  @EnumField(TICKET_STATUSES, {
    description:
      'Status. `pending` waits for the contact. `pending` and `resolved` tickets become `open` when the contact ' +
      'writes in the conversation; `closed` tickets do not.',
    example: 'open',
  })
  status: string;

  @NestedField(() => TicketReferenceDto, {
    description: 'Custom status within `status`; see `GET /v1/ticket-statuses`.',
    nullable: true,
    example: null,
  })
  custom_status: TicketReferenceDto | null;

  @EnumField(PRIORITIES, { description: 'Priority.', example: 'high' })
  priority: string;

  @NestedField(() => TicketReferenceDto, {
    description: 'Type; see `GET /v1/ticket-types`.',
    nullable: true,
    example: null,
  })
  type: TicketReferenceDto | null;

  @NestedField(() => TicketReferenceDto, { description: 'Assigned user.', nullable: true })
  assignee: TicketReferenceDto | null;

  @NestedField(() => TicketReferenceDto, { description: 'Assigned team.', nullable: true, example: null })
  team: TicketReferenceDto | null;

  @NestedField(() => TicketReferenceDto, { description: 'Inbox of the ticket.', nullable: true, example: null })
  inbox: TicketReferenceDto | null;

  @NestedField(() => TicketContactDto, { description: 'Contact with the request.' })
  contact: TicketContactDto;

  @UuidField({ description: 'ID of the conversation that is the thread of the ticket.' })
  conversation_id: string;

  @StringListField({ description: 'Tags.', example: ['bug', 'login'] })
  tags: string[];

  @JsonObjectField({ description: 'Values of custom fields.', example: { order_id: '4711' } })
  custom_fields: Record<string, unknown>;

  @StringField({ description: 'ID in an external system. Unique within the workspace.', nullable: true, example: null })
  external_id: string | null;

  @UuidField({
    description: 'ID of the ticket that this one was merged into. Null if you cannot see that ticket.',
    nullable: true,
    example: null,
  })
  merged_into: string | null;

  @DateField({ description: 'Time of resolution. Null if the ticket is not resolved.', nullable: true, example: null })
  resolved_at: string | null;

  @DateField({ description: 'Time of closing. Null if the ticket is not closed.', nullable: true, example: null })
  closed_at: string | null;

  @IntegerField({ description: 'Number of times the ticket was reopened.', example: 0 })
  reopen_count: number;

  @IntegerField({
    description: 'Version for optimistic locking; also returned as `ETag`. Not incremented by messages.',
    example: 1,
  })
  version: number;

  @DateField({ description: 'Time of creation.' })
  created_at: string;

  @DateField({ description: 'Time of the last change.' })
  updated_at: string;
}

export function toTicketDto(view: TicketView): TicketDto {
  return {
    id: view.id,
    number: view.number,
    subject: view.subject,
    description: view.description,
    status: view.status,
    custom_status: view.customStatus,
    priority: view.priority,
    type: view.type,
    assignee: view.assignee,
    team: view.team,
    inbox: view.inbox,
    contact: view.contact,
    conversation_id: view.conversationId,
    tags: view.tags as string[],
    custom_fields: view.customFields,
    external_id: view.externalId,
    merged_into: view.isMergeTargetHidden ? null : view.mergedInto,
    resolved_at: view.resolvedAt,
    closed_at: view.closedAt,
    reopen_count: view.reopenCount,
    version: view.version,
    created_at: view.createdAt,
    updated_at: view.updatedAt,
  };
}
