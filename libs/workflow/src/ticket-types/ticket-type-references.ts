import { CUSTOM_FIELD, customFieldId } from '@parley/identity';
import type { Reference } from '@parley/kernel/references';
import { TEAM } from '@parley/teams';
import type { TicketTypeView } from './ticket-type.view.js';

/** References of a ticket type: its team and the custom fields of its form. */
export function ticketTypeReferences({ teamId, form }: Pick<TicketTypeView, 'teamId' | 'form'>): Reference[] {
  return [
    ...(teamId === null ? [] : [{ path: ['teamId'], target: { type: TEAM, id: teamId } }]),
    ...form.map(({ key }, index) => ({
      path: ['form', index, 'key'],
      target: { type: CUSTOM_FIELD, id: customFieldId('ticket', key) },
    })),
  ];
}
