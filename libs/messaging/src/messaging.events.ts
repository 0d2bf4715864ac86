import { DomainEvent, type Changed } from '@parley/kernel';

/** What every change of a conversation tells: each field that changed, with its value before and after. */
export interface ConversationChange {
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
}> {
  static readonly type = 'conversation.created';
}

/** Several kinds of things about a conversation changed at once, or one that has no event of its own. */
export class ConversationUpdated extends DomainEvent<ConversationChange> {
  static readonly type = 'conversation.updated';
}

/** A conversation has another assignee. */
export class ConversationAssigned extends DomainEvent<ConversationChange> {
  static readonly type = 'conversation.assigned';
}

/** A conversation has no assignee any more. */
export class ConversationUnassigned extends DomainEvent<ConversationChange> {
  static readonly type = 'conversation.unassigned';
}

/** A conversation has another team, or none any more. */
export class ConversationTeamAssigned extends DomainEvent<ConversationChange> {
  static readonly type = 'conversation.team_assigned';
}

/** A conversation's status changed in a way that has no event of its own. */
export class ConversationStatusChanged extends DomainEvent<ConversationChange> {
  static readonly type = 'conversation.status_changed';
}

/** A conversation was resolved. */
export class ConversationResolved extends DomainEvent<ConversationChange> {
  static readonly type = 'conversation.resolved';
}

/** A resolved or closed conversation was opened again, by a person or by the customer writing. */
export class ConversationReopened extends DomainEvent<ConversationChange> {
  static readonly type = 'conversation.reopened';
}

/** A conversation was closed: nothing more is said in it unless somebody reopens it. */
export class ConversationClosed extends DomainEvent<ConversationChange> {
  static readonly type = 'conversation.closed';
}

/** A conversation was put aside until a time, or until the customer writes. */
export class ConversationSnoozed extends DomainEvent<ConversationChange> {
  static readonly type = 'conversation.snoozed';
}

/** A conversation is no longer put aside. */
export class ConversationUnsnoozed extends DomainEvent<ConversationChange> {
  static readonly type = 'conversation.unsnoozed';
}

/** A conversation's priority changed. */
export class ConversationPriorityChanged extends DomainEvent<ConversationChange> {
  static readonly type = 'conversation.priority_changed';
}

/** A conversation got tags that it did not have; it may have lost others. */
export class ConversationTagged extends DomainEvent<ConversationChange> {
  static readonly type = 'conversation.tagged';
}

/** A conversation lost tags. */
export class ConversationUntagged extends DomainEvent<ConversationChange> {
  static readonly type = 'conversation.untagged';
}

/** Where a message stands and who wrote it. */
export interface MessageFacts {
  readonly conversation_id: string;
  /** The customer of the conversation; their timeline shows the event. */
  readonly contact_id?: string;
  readonly type: string;
  readonly author_type: string;
  readonly author_id: string | null;
}

/** Something was said to or by the customer. */
export class MessageCreated extends DomainEvent<MessageFacts> {
  static readonly type = 'message.created';
}

/** What was said was corrected. */
export class MessageUpdated extends DomainEvent<MessageFacts & ConversationChange> {
  static readonly type = 'message.updated';
}

/** What was said was taken back; `changed.body` keeps what it was. */
export class MessageDeleted extends DomainEvent<MessageFacts & ConversationChange> {
  static readonly type = 'message.deleted';
}

/** The team wrote a note for itself. */
export class NoteCreated extends DomainEvent<MessageFacts> {
  static readonly type = 'note.created';
}

/** A note was corrected. */
export class NoteUpdated extends DomainEvent<MessageFacts & ConversationChange> {
  static readonly type = 'note.updated';
}

/** A note was taken back; `changed.body` keeps what it was. */
export class NoteDeleted extends DomainEvent<MessageFacts & ConversationChange> {
  static readonly type = 'note.deleted';
}

/** Every event about a conversation itself. */
export const CONVERSATION_EVENTS = [
  ConversationCreated, ConversationUpdated, ConversationAssigned, ConversationUnassigned, ConversationTeamAssigned, ConversationStatusChanged, ConversationResolved,
  ConversationReopened, ConversationClosed, ConversationSnoozed, ConversationUnsnoozed, ConversationPriorityChanged, ConversationTagged, ConversationUntagged,
] as const;

/** Every event about a message or a note. */
export const MESSAGE_EVENTS = [MessageCreated, MessageUpdated, MessageDeleted, NoteCreated, NoteUpdated, NoteDeleted] as const;
