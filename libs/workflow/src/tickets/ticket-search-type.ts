import { defineSearchType } from '@parley/kernel/search';
import { TicketHitDto } from './dto/ticket-hit.dto.js';

/** Tickets in the search. */
export const TICKET_SEARCH = defineSearchType('ticket', {
  plural: 'tickets',
  description: 'tickets by number (`12` or `#12`), subject and description',
  scope: 'search:read',
  hit: TicketHitDto,
});
