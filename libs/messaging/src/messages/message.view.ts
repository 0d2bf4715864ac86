/** Who speaks to whom: the customer, the team to the customer, the team to itself, or the system. */
export const MESSAGE_TYPES = ['comment', 'reply', 'note', 'system'] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];

/** What kind of author a message has. */
export const AUTHOR_TYPES = ['contact', 'user', 'ai_agent', 'bot', 'system'] as const;
export type AuthorType = (typeof AUTHOR_TYPES)[number];

/** How far a message has come on its way to the customer. */
export const MESSAGE_STATUSES = ['sent', 'delivered', 'read', 'failed'] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** What kinds of content a message can have; from `cards` on, `contentAttributes.items` say what is shown. */
export const CONTENT_TYPES = ['text', 'markdown', 'html', 'cards', 'form', 'select', 'articles'] as const;
export type ContentType = (typeof CONTENT_TYPES)[number];

/** Who wrote a message. */
export interface Author {
  readonly type: AuthorType;
  readonly id: string | null;
  readonly name: string | null;
}

/** A file on a message, as it was when the message was written. */
export interface Attachment {
  /** Id of the file. */
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly mime_type: string;
  readonly width: number | null;
  readonly height: number | null;
  /** What `cid:` references in the HTML call it; only on files shown within it. */
  readonly content_id?: string | null;
  readonly inline?: boolean;
}

/** Something said in a conversation. */
export interface MessageView {
  readonly id: string;
  readonly conversationId: string;
  readonly type: MessageType;
  readonly body: string;
  readonly bodyHtml: string | null;
  readonly contentType: ContentType;
  readonly contentAttributes: Readonly<Record<string, unknown>>;
  readonly author: Author;
  readonly attachments: readonly Attachment[];
  readonly status: MessageStatus;
  readonly statusError: string | null;
  readonly externalId: string | null;
  readonly inReplyTo: string | null;
  /** Ids of the users that a note mentions. */
  readonly mentions: readonly string[];
  readonly editedAt: string | null;
  readonly deletedAt: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Whom a program speaks for. */
export interface AuthorInput {
  readonly type: 'user' | 'ai_agent' | 'bot';
  /** Of a user; others need none. */
  readonly id?: string;
  /** Of all others; users are shown by their own. */
  readonly name?: string;
}

/** Something about to be said. */
export interface CreateMessageInput {
  readonly type: Exclude<MessageType, 'system'>;
  /** Who says it, where it is not who acts. */
  readonly author?: AuthorInput;
  readonly body: string;
  readonly bodyHtml?: string | null;
  readonly contentType?: ContentType;
  readonly contentAttributes?: Readonly<Record<string, unknown>>;
  /** Ids of files that were uploaded before. */
  readonly fileIds?: readonly string[];
  /** Files shown within the HTML, by the names that its `cid:` references use. */
  readonly inlineFiles?: readonly { readonly fileId: string; readonly contentId: string }[];
  readonly inReplyTo?: string | null;
  /** Ids of users that a note mentions, beside those that its body names by `@[Name](user id)`. */
  readonly mentionIds?: readonly string[];
  readonly externalId?: string | null;
}
