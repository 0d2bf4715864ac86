import type { TicketStatus } from '../tickets/ticket.view.js';

/** Relation of a ticket to another one, as seen from the first. */
export const TICKET_LINK_TYPES = ['child_of', 'parent_of', 'duplicate_of', 'duplicated_by', 'related_to'] as const;
export type TicketLinkType = (typeof TICKET_LINK_TYPES)[number];

/** Stored kind of a link: the source is the child, the duplicate, or one of two related tickets. */
export type TicketLinkKind = 'child' | 'duplicate' | 'related';

/** Maximum number of links of one ticket. */
export const MAX_TICKET_LINKS = 100;

/** Maximum number of ancestors of a ticket. */
export const MAX_TICKET_ANCESTORS = 20;

/** A link as seen from one of its tickets. */
export interface TicketLinkView {
  readonly id: string;
  readonly type: TicketLinkType;
  readonly ticket: {
    readonly id: string;
    readonly number: number;
    readonly subject: string;
    readonly status: TicketStatus;
  };
  readonly createdAt: string;
}

/** Stored form of a link. */
export interface TicketLinkPair {
  readonly kind: TicketLinkKind;
  readonly sourceId: string;
  readonly targetId: string;
}

/** The stored form of a relation of a ticket to another one. */
export function toLinkPair(ticketId: string, type: TicketLinkType, otherId: string): TicketLinkPair {
  switch (type) {
    case 'child_of':
      return { kind: 'child', sourceId: ticketId, targetId: otherId };
    case 'parent_of':
      return { kind: 'child', sourceId: otherId, targetId: ticketId };
    case 'duplicate_of':
      return { kind: 'duplicate', sourceId: ticketId, targetId: otherId };
    case 'duplicated_by':
      return { kind: 'duplicate', sourceId: otherId, targetId: ticketId };
    case 'related_to': {
      const [sourceId, targetId] = [ticketId, otherId].sort() as [string, string];
      return { kind: 'related', sourceId, targetId };
    }
  }
}

const TYPES: Readonly<Record<TicketLinkKind, readonly [asSource: TicketLinkType, asTarget: TicketLinkType]>> = {
  child: ['child_of', 'parent_of'],
  duplicate: ['duplicate_of', 'duplicated_by'],
  related: ['related_to', 'related_to'],
};

/** The relation of one of the tickets of a link to the other one. */
export function linkTypeOf({ kind, sourceId }: TicketLinkPair, ticketId: string): TicketLinkType {
  return TYPES[kind][ticketId === sourceId ? 0 : 1];
}
