import {
  DateField,
  EnumField,
  IntegerField,
  NestedField,
  NestedListField,
  StringField,
  UuidField,
} from '@parley/kernel/http';
import { TICKET_STATUSES } from '../../tickets/ticket.view.js';
import { TICKET_LINK_TYPES, type TicketLinkType, type TicketLinkView } from '../ticket-link.view.js';

/** The other ticket of a link. */
export class LinkedTicketDto {
  @UuidField({ description: 'ID of the ticket.' })
  id: string;

  @IntegerField({ description: 'Number of the ticket in the workspace.', example: 7 })
  number: number;

  @StringField({ description: 'Subject line.', example: 'Login is down' })
  subject: string;

  @EnumField(TICKET_STATUSES, { description: 'Status.', example: 'open' })
  status: string;
}

/** Link between two tickets, as seen from one of them. */
export class TicketLinkDto {
  @UuidField({ description: 'ID of the link.' })
  id: string;

  @EnumField(TICKET_LINK_TYPES, { description: 'Relation of this ticket to the other one.', example: 'child_of' })
  type: string;

  @NestedField(() => LinkedTicketDto, { description: 'The other ticket.' })
  ticket: LinkedTicketDto;

  @DateField({ description: 'Time of creation.' })
  created_at: string;
}

/** All links of a ticket. */
export class TicketLinksDto {
  @NestedListField(() => TicketLinkDto, { description: 'Links, oldest first. At most 100.' })
  data: TicketLinkDto[];
}

/** Fields of a new link. */
export class CreateTicketLinkDto {
  @EnumField(TICKET_LINK_TYPES, {
    description:
      'Relation of this ticket to the other one. A ticket has at most one parent. `related_to` applies in both ' +
      'directions.',
    example: 'child_of',
  })
  type: TicketLinkType;

  @UuidField({ description: 'ID of the other ticket.' })
  ticket_id: string;
}

export function toTicketLinkDto({ id, type, ticket, createdAt }: TicketLinkView): TicketLinkDto {
  return { id, type, ticket: { ...ticket }, created_at: createdAt };
}
