import { declareEventPrivacy } from '@parley/kernel/erasure';
import { TicketCreated } from './ticket.events.js';

declareEventPrivacy({
  keptFields: ['outcome', 'category', 'link_type'],
  contactSubjects: [{ created: TicketCreated, field: 'ticket_id' }],
});
