import { DomainEvent, type Changed } from '@parley/kernel/events';

/** What every change of a conversation tells: each field that changed, with its value before and after. */
export interface ConversationChangeEventData {
  /** The customer; their timeline shows the event. */
  readonly contact_id?: string;
  readonly changed: Changed;
}

/** A conversation began. */
export class ConversationCreated extends DomainEvent<{
  readonly number: number;
  readonly channel: string;
  readonly contact_id: string;
  readonly inbox_id: string | null;
  readonly team_id: string | null;
  readonly assignee_id: string | null;
  readonly status: string;
  readonly priority: string;
  readonly tags: readonly string[];
  /** The message that it began with, if any. */
  readonly message_id: string | null;
  /** The conversation that it was split off, if any. */
  readonly split_from?: string;
}> {
  static readonly type = 'conversation.created';
}

/** Several kinds of things about a conversation changed at once, or one that has no event of its own. */
export class ConversationUpdated extends DomainEvent<ConversationChangeEventData> {
  static readonly type = 'conversation.updated';
}

/** A conversation has another assignee. */
export class ConversationAssigned extends DomainEvent<ConversationChangeEventData> {
  static readonly type = 'conversation.assigned';
}

/** A conversation has no assignee any more. */
export class ConversationUnassigned extends DomainEvent<ConversationChangeEventData> {
  static readonly type = 'conversation.unassigned';
}

/** A conversation has another team, or none any more. */
export class ConversationTeamAssigned extends DomainEvent<ConversationChangeEventData> {
  static readonly type = 'conversation.team_assigned';
}

/** A conversation's status changed in a way that has no event of its own. */
export class ConversationStatusChanged extends DomainEvent<ConversationChangeEventData> {
  static readonly type = 'conversation.status_changed';
}

/** A conversation was resolved. */
export class ConversationResolved extends DomainEvent<ConversationChangeEventData> {
  static readonly type = 'conversation.resolved';
}

/** A resolved or closed conversation was opened again, by a person or by the customer writing. */
export class ConversationReopened extends DomainEvent<ConversationChangeEventData> {
  static readonly type = 'conversation.reopened';
}

/** A conversation was closed: nothing more is said in it unless somebody reopens it. */
export class ConversationClosed extends DomainEvent<ConversationChangeEventData> {
  static readonly type = 'conversation.closed';
}

/** A conversation was put aside until a time, or until the customer writes. */
export class ConversationSnoozed extends DomainEvent<ConversationChangeEventData> {
  static readonly type = 'conversation.snoozed';
}

/** A conversation is no longer put aside. */
export class ConversationUnsnoozed extends DomainEvent<ConversationChangeEventData> {
  static readonly type = 'conversation.unsnoozed';
}

/** A conversation's priority changed. */
export class ConversationPriorityChanged extends DomainEvent<ConversationChangeEventData> {
  static readonly type = 'conversation.priority_changed';
}

/** A conversation got tags that it did not have; it may have lost others. */
export class ConversationTagged extends DomainEvent<ConversationChangeEventData> {
  static readonly type = 'conversation.tagged';
}

/** A conversation lost tags. */
export class ConversationUntagged extends DomainEvent<ConversationChangeEventData> {
  static readonly type = 'conversation.untagged';
}

/** Whom an event about a conversation concerns. */
export interface ConversationEventData {
  /** The customer; their timeline shows the event. */
  readonly contact_id: string;
}

/** A user follows a conversation from now on. */
export class ConversationParticipantAdded extends DomainEvent<
  ConversationEventData & { readonly user_id: string; readonly reason: ParticipationReason }
> {
  static readonly type = 'conversation.participant_added';
}

/** A user does not follow a conversation any more. */
export class ConversationParticipantRemoved extends DomainEvent<ConversationEventData & { readonly user_id: string }> {
  static readonly type = 'conversation.participant_removed';
}

/** What an event about a merge tells; there is one for either side. */
export interface ConversationMergeEventData extends ConversationEventData {
  readonly side: 'source' | 'target';
  readonly source_id: string;
  readonly target_id: string;
  /** Messages that moved. */
  readonly messages: number;
  /** What it made of this side, as far as it is news. */
  readonly changed: Changed;
}

/** A conversation goes on in another from now on. */
export class ConversationMerged extends DomainEvent<ConversationMergeEventData> {
  static readonly type = 'conversation.merged';
}

/** A merge was undone. */
export class ConversationUnmerged extends DomainEvent<ConversationMergeEventData> {
  static readonly type = 'conversation.unmerged';
}

/** The last messages of a conversation went on in a new one. */
export class ConversationSplit extends DomainEvent<
  ConversationEventData & { readonly into_id: string; readonly messages: number }
> {
  static readonly type = 'conversation.split';
}

/** What an event about reading tells. */
export interface ConversationReadEventData extends ConversationEventData {
  readonly reader: 'user' | 'contact';
  readonly reader_id: string;
  /** Everything up to then is read; ISO 8601. */
  readonly read_at: string;
}

/** A user or the customer has read what was new to them. */
export class ConversationRead extends DomainEvent<ConversationReadEventData> {
  static readonly type = 'conversation.read';
}

/** A user or the customer wants to read something again. */
export class ConversationUnread extends DomainEvent<ConversationReadEventData> {
  static readonly type = 'conversation.unread';
}

/** What made a user follow a conversation. */
export type ParticipationReason = 'added' | 'assigned' | 'replied' | 'noted' | 'mentioned' | 'merged';

/** Where a message stands and who wrote it. */
export interface MessageEventData {
  readonly conversation_id: string;
  /** The customer of the conversation; their timeline shows the event. */
  readonly contact_id?: string;
  readonly type: string;
  readonly author_type: string;
  readonly author_id: string | null;
  /** On `message.created`: it is what the conversation began with. */
  readonly opens?: true;
}

/** Something was said to or by the customer. */
export class MessageCreated extends DomainEvent<MessageEventData> {
  static readonly type = 'message.created';
}

/** What was said was corrected. */
export class MessageUpdated extends DomainEvent<MessageEventData & ConversationChangeEventData> {
  static readonly type = 'message.updated';
}

/** What was said was taken back; `changed.body` keeps what it was. */
export class MessageDeleted extends DomainEvent<MessageEventData & ConversationChangeEventData> {
  static readonly type = 'message.deleted';
}

/** What a delivery event tells: `changed.status`, and why it failed. */
export interface MessageDeliveryEventData extends MessageEventData, ConversationChangeEventData {
  readonly error: string | null;
}

/** A reply has reached the customer. */
export class MessageDelivered extends DomainEvent<MessageDeliveryEventData> {
  static readonly type = 'message.delivered';
}

/** The customer has read a reply. */
export class MessageRead extends DomainEvent<MessageDeliveryEventData> {
  static readonly type = 'message.read';
}

/** A reply could not be delivered. */
export class MessageFailed extends DomainEvent<MessageDeliveryEventData> {
  static readonly type = 'message.failed';
}

/** Whom a note mentions; of a corrected one, whom it mentions for the first time. */
export interface MentionEventData {
  readonly mentions: readonly string[];
}

/** The team wrote a note for itself. */
export class NoteCreated extends DomainEvent<MessageEventData & MentionEventData> {
  static readonly type = 'note.created';
}

/** A note was corrected. */
export class NoteUpdated extends DomainEvent<MessageEventData & MentionEventData & ConversationChangeEventData> {
  static readonly type = 'note.updated';
}

/** A note was taken back; `changed.body` keeps what it was. */
export class NoteDeleted extends DomainEvent<MessageEventData & ConversationChangeEventData> {
  static readonly type = 'note.deleted';
}

/** What was scheduled has been said. */
export class ScheduledMessageSent extends DomainEvent<
  ConversationEventData & { readonly conversation_id: string; readonly message_id: string }
> {
  static readonly type = 'scheduled_message.sent';
}

/** What was scheduled could not be said when its time came. */
export class ScheduledMessageFailed extends DomainEvent<
  ConversationEventData & {
    readonly conversation_id: string;
    readonly author_id: string | null;
    readonly error: string;
  }
> {
  static readonly type = 'scheduled_message.failed';
}

/** Every event about a conversation itself. */
export const CONVERSATION_EVENTS = [
  ConversationCreated,
  ConversationUpdated,
  ConversationAssigned,
  ConversationUnassigned,
  ConversationTeamAssigned,
  ConversationStatusChanged,
  ConversationResolved,
  ConversationReopened,
  ConversationClosed,
  ConversationSnoozed,
  ConversationUnsnoozed,
  ConversationPriorityChanged,
  ConversationTagged,
  ConversationUntagged,
] as const;
