import { DateField, IntegerField, NestedField, StringField } from '@parley/kernel/http';
import { SearchHitDto } from '@parley/kernel/search';
import { TicketReferenceDto } from './ticket.dto.js';

/** A ticket in the search results. */
export class TicketHitDto extends SearchHitDto {
  @IntegerField({ description: 'Number of the ticket in the workspace.', example: 7 })
  number: number;

  @StringField({ description: 'Subject line.', example: 'Cannot access my account' })
  subject: string;

  @StringField({ description: 'Status.', example: 'open' })
  status: string;

  @StringField({ description: 'Priority.', example: 'high' })
  priority: string;

  @NestedField(() => TicketReferenceDto, { description: 'Contact of the ticket.' })
  contact: TicketReferenceDto;

  @DateField({ description: 'Time of the last change.' })
  updated_at: string;
}
