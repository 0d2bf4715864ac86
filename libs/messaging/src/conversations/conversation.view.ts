/** Statuses of a conversation. */
export const CONVERSATION_STATUSES = ['open', 'pending', 'snoozed', 'resolved', 'closed'] as const;
export type ConversationStatus = (typeof CONVERSATION_STATUSES)[number];

/** Priorities, most urgent first. */
export const PRIORITIES = ['urgent', 'high', 'normal', 'low', 'none'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Id and name of a referenced object. */
export interface NamedRef {
  readonly id: string;
  readonly name: string | null;
}

/** Summary of the newest message of a conversation. */
export interface LastMessage {
  readonly id: string;
  readonly type: string;
  /** First 200 characters. */
  readonly body: string;
  readonly author_type: string;
  readonly author_name: string | null;
  readonly created_at: string;
}

/** State of a conversation, with referenced objects as ids. */
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
  /** ISO 8601, as all times in this interface. */
  readonly snoozedUntil: string | null;
  /** Time of the oldest unanswered customer message. */
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
  /** Conversation that this one was merged into. */
  readonly mergedInto: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Conversation with the names of the referenced objects. */
export interface ConversationView extends ConversationState {
  readonly contact: NamedRef & { readonly email: string | null };
  readonly assignee: NamedRef | null;
  readonly team: NamedRef | null;
  readonly inbox: NamedRef | null;
  /** True if the caller cannot see the conversation that this one was merged into. */
  readonly isMergeTargetHidden?: boolean;
}

/** Fields of a conversation that can change. The status rules are checked against the current state. */
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

/** Fields that users and rules can update. */
export interface UpdateConversationInput extends Pick<
  ConversationPatch,
  'subject' | 'priority' | 'inboxId' | 'contactId' | 'assigneeId' | 'teamId' | 'tags' | 'metadata'
> {
  readonly status?: ConversationStatus;
  /** Fields to set; null removes a field, omitted fields stay unchanged. */
  readonly customFields?: Readonly<Record<string, unknown>>;
  /**
   * ISO 8601. Only with the status `snoozed`, or to move the end of a current snooze. Null snoozes until the customer
   * writes.
   */
  readonly snoozedUntil?: string | null;
  /** Applied after `tags`. Tags to add may be present and tags to remove may be absent. */
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
}
