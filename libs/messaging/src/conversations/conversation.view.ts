/** Where a conversation stands in its life. */
export const CONVERSATION_STATUSES = ['open', 'pending', 'snoozed', 'resolved', 'closed'] as const;
export type ConversationStatus = (typeof CONVERSATION_STATUSES)[number];

/** How urgent a conversation is, most urgent first. */
export const PRIORITIES = ['urgent', 'high', 'normal', 'low', 'none'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** An id with the name that goes with it. */
export interface NamedRef {
  readonly id: string;
  readonly name: string | null;
}

/** The newest message of a conversation, in short. */
export interface LastMessage {
  readonly id: string;
  readonly type: string;
  /** The first 200 characters. */
  readonly body: string;
  readonly author_type: string;
  readonly author_name: string | null;
  readonly created_at: string;
}

/** What a conversation is made of, by ids: what decisions are made on. */
export interface ConversationState {
  readonly id: string;
  readonly number: number;
  readonly subject: string | null;
  readonly status: ConversationStatus;
  readonly statusChangedAt: string;
  readonly priority: Priority;
  readonly channel: string;
  readonly inboxId: string | null;
  readonly contactId: string;
  readonly assigneeId: string | null;
  readonly teamId: string | null;
  readonly tags: readonly string[];
  readonly customFields: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** ISO 8601, as all times here. */
  readonly snoozedUntil: string | null;
  /** When the oldest customer message came that nobody has answered yet. */
  readonly waitingSince: string | null;
  readonly firstRepliedAt: string | null;
  readonly lastActivityAt: string;
  readonly lastCustomerMessageAt: string | null;
  readonly lastAgentReplyAt: string | null;
  readonly resolvedAt: string | null;
  readonly closedAt: string | null;
  readonly reopenCount: number;
  readonly messageCount: number;
  readonly unreadCount: number;
  readonly lastMessage: LastMessage | null;
  readonly externalId: string | null;
  /** The conversation that this one was merged into: it goes on there. */
  readonly mergedInto: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A conversation with the names of those it belongs to. */
export interface ConversationView extends ConversationState {
  readonly contact: NamedRef & { readonly email: string | null };
  readonly assignee: NamedRef | null;
  readonly team: NamedRef | null;
  readonly inbox: NamedRef | null;
}

/** What about a conversation can be changed; each change is weighed against the state it is made on. */
export type ConversationPatch = Partial<
  Pick<
    ConversationState,
    | 'subject'
    | 'status'
    | 'statusChangedAt'
    | 'priority'
    | 'inboxId'
    | 'contactId'
    | 'assigneeId'
    | 'teamId'
    | 'tags'
    | 'customFields'
    | 'metadata'
    | 'snoozedUntil'
    | 'resolvedAt'
    | 'closedAt'
    | 'reopenCount'
    | 'unreadCount'
    | 'waitingSince'
  >
>;

/** What people and rules change about a conversation. */
export interface UpdateConversationInput extends Pick<
  ConversationPatch,
  'subject' | 'priority' | 'inboxId' | 'contactId' | 'assigneeId' | 'teamId' | 'tags' | 'metadata'
> {
  readonly status?: ConversationStatus;
  /** Fields to set; those that are null go, and all others stay. */
  readonly customFields?: Readonly<Record<string, unknown>>;
  /** ISO 8601; goes with the status `snoozed`, which it moves the end of where it is that already. Null is until the customer writes. */
  readonly snoozedUntil?: string | null;
  /** May name what is there or not there already; come after `tags`. */
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
}
