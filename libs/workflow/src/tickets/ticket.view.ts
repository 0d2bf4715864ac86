import type { ContactReference } from '@parley/identity';
import type { NamedRef, Priority } from '@parley/messaging';
import type { TimeRange } from '@parley/kernel/pagination';

/** Statuses of a ticket. Custom statuses are in one of them. */
export const TICKET_STATUSES = ['open', 'pending', 'resolved', 'closed'] as const;
export type TicketStatus = (typeof TICKET_STATUSES)[number];

/** Maximum length of the description in characters. */
export const MAX_DESCRIPTION_LENGTH = 50_000;

/** State of a ticket, with referenced objects as IDs. */
export interface TicketState {
  readonly id: string;
  /** Consecutive number in the workspace. */
  readonly number: number;
  readonly subject: string;
  readonly description: string | null;
  readonly status: TicketStatus;
  /** Custom status within {@link status}. */
  readonly customStatusId: string | null;
  /** ISO 8601, as all times in this interface. */
  readonly statusChangedAt: string;
  readonly priority: Priority;
  readonly typeId: string | null;
  readonly inboxId: string | null;
  readonly contactId: string;
  /** The thread of the ticket. */
  readonly conversationId: string;
  /** True if the conversation was created for the ticket and follows its status. */
  readonly ownsConversation: boolean;
  /** Conversation that was merged into the current one. */
  readonly movedFromConversationId: string | null;
  readonly assigneeId: string | null;
  readonly teamId: string | null;
  readonly tags: readonly string[];
  readonly customFields: Readonly<Record<string, unknown>>;
  readonly externalId: string | null;
  /** Ticket that this one was merged into. */
  readonly mergedInto: string | null;
  readonly resolvedAt: string | null;
  readonly closedAt: string | null;
  readonly reopenCount: number;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Ticket with the names of the referenced objects. */
export interface TicketView extends TicketState {
  readonly contact: NamedRef & { readonly email: string | null };
  readonly assignee: NamedRef | null;
  readonly team: NamedRef | null;
  readonly inbox: NamedRef | null;
  readonly type: NamedRef | null;
  readonly customStatus: NamedRef | null;
  /** True if the caller cannot see the ticket that this one was merged into. */
  readonly isMergeTargetHidden?: boolean;
}

/** Fields of a ticket that can change. */
export type TicketPatch = Partial<
  Pick<
    TicketState,
    | 'subject'
    | 'description'
    | 'status'
    | 'customStatusId'
    | 'statusChangedAt'
    | 'priority'
    | 'typeId'
    | 'inboxId'
    | 'contactId'
    | 'conversationId'
    | 'movedFromConversationId'
    | 'assigneeId'
    | 'teamId'
    | 'tags'
    | 'customFields'
    | 'externalId'
    | 'mergedInto'
    | 'resolvedAt'
    | 'closedAt'
    | 'reopenCount'
  >
>;

/** Fields of a new ticket. */
export interface CreateTicketInput {
  readonly subject: string;
  readonly description?: string | null;
  /** Contact to find or create. Either this or {@link conversationId}. */
  readonly contact?: ContactReference;
  /** Existing conversation that becomes the thread of the ticket. */
  readonly conversationId?: string;
  readonly status?: 'open' | 'pending';
  readonly priority?: Priority;
  readonly typeId?: string | null;
  readonly inboxId?: string | null;
  readonly teamId?: string | null;
  readonly assigneeId?: string | null;
  readonly tags?: readonly string[];
  readonly customFields?: Readonly<Record<string, unknown>>;
  /** ID in an external system. Unique within the workspace. */
  readonly externalId?: string | null;
}

/** Fields that users and rules can update. */
export interface UpdateTicketInput extends Pick<
  TicketPatch,
  | 'subject'
  | 'description'
  | 'status'
  | 'customStatusId'
  | 'priority'
  | 'typeId'
  | 'inboxId'
  | 'contactId'
  | 'assigneeId'
  | 'teamId'
  | 'tags'
  | 'externalId'
> {
  /** Fields to set; null removes a field, omitted fields stay unchanged. */
  readonly customFields?: Readonly<Record<string, unknown>>;
  /** Applied after `tags`. Tags to add may be present and tags to remove may be absent. */
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
}

/** Filter of a list of tickets. All given conditions must match. */
export interface TicketsFilter extends TimeRange {
  readonly q?: string;
  readonly status?: readonly string[];
  readonly priority?: readonly string[];
  readonly types?: readonly (string | null)[];
  /** User IDs; `null` matches unassigned tickets. */
  readonly assignees?: readonly (string | null)[];
  readonly teams?: readonly (string | null)[];
  readonly inboxes?: readonly (string | null)[];
  readonly contacts?: readonly string[];
  readonly conversations?: readonly string[];
  readonly customStatuses?: readonly string[];
  readonly externalId?: string;
  /** Matches tickets with at least one of the tags. */
  readonly tags?: readonly string[];
}

/** Sort orders of tickets. */
export const TICKET_ORDERS = ['created_at', 'updated_at', 'priority'] as const;
export type TicketOrder = (typeof TICKET_ORDERS)[number];
