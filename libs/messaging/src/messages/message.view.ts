/** Message types: from the customer, to the customer, internal to the team, or from the system. */
export const MESSAGE_TYPES = ['comment', 'reply', 'note', 'system'] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];

/** Kinds of authors. */
export const AUTHOR_TYPES = ['contact', 'user', 'ai_agent', 'bot', 'system'] as const;
export type AuthorType = (typeof AUTHOR_TYPES)[number];

/** Delivery statuses. */
export const MESSAGE_STATUSES = ['sent', 'delivered', 'read', 'failed'] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** Content types. From `cards` on, `contentAttributes.items` holds the content. */
export const CONTENT_TYPES = ['text', 'markdown', 'html', 'cards', 'form', 'select', 'articles'] as const;
export type ContentType = (typeof CONTENT_TYPES)[number];

/** Treatment of remote images in messages of the contact. */
export const IMAGE_DISPLAYS = ['block', 'show'] as const;
export type ImageDisplay = (typeof IMAGE_DISPLAYS)[number];

/** Maximum length of a message body, in characters. */
export const MAX_BODY_LENGTH = 150_000;

/** Author of a message. */
export interface Author {
  readonly type: AuthorType;
  readonly id: string | null;
  readonly name: string | null;
}

/** File attached to a message, as it was when the message was created. */
export interface Attachment {
  /** Id of the file. */
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly mime_type: string;
  readonly width: number | null;
  readonly height: number | null;
  /** Content ID that `cid:` references in the HTML use. Only set for inline files. */
  readonly content_id?: string | null;
  readonly inline?: boolean;
}

/** Message in a conversation. */
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

/** Author that an integration sets for a message. */
export interface AuthorInput {
  readonly type: 'user' | 'ai_agent' | 'bot';
  /** Required for a user, optional for others. */
  readonly id?: string;
  /** Required unless the author is a user. */
  readonly name?: string;
}

/** Fields of a new message. */
export interface CreateMessageInput {
  readonly type: Exclude<MessageType, 'system'>;
  /** Default: the current actor. */
  readonly author?: AuthorInput;
  readonly body: string;
  readonly bodyHtml?: string | null;
  readonly contentType?: ContentType;
  readonly contentAttributes?: Readonly<Record<string, unknown>>;
  /** Ids of uploaded files. */
  readonly fileIds?: readonly string[];
  /** Files that the HTML displays inline, with the content ids of its `cid:` references. */
  readonly inlineFiles?: readonly { readonly fileId: string; readonly contentId: string }[];
  readonly inReplyTo?: string | null;
  /** Ids of users that a note mentions, in addition to those mentioned in its body as `@[Name](user id)`. */
  readonly mentionIds?: readonly string[];
  readonly externalId?: string | null;
}
