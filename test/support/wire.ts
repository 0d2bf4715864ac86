/** Response with one object. */
export interface ItemResponse<T> {
  readonly data: T;
}

/** Metadata of a page. */
export interface PageMeta {
  readonly total: number;
  readonly limit: number;
  readonly offset: number | null;
  readonly current_page: number | null;
  readonly next_cursor: string | null;
  readonly has_more: boolean;
}

/** Response with a page of a list. */
export interface ListResponse<T> {
  readonly data: readonly T[];
  readonly total: number;
  readonly meta: PageMeta;
}

/** Error response. */
export interface ErrorResponse {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly details: Readonly<Record<string, unknown>>;
    readonly request_id: string;
  };
}

/** An ID with a name. */
export interface NamedRef {
  readonly id: string;
  readonly name: string | null;
}

/** A contact, with the fields that tests use. */
export interface Contact {
  readonly id: string;
  readonly identifier: string | null;
  readonly email: string | null;
  readonly emails: readonly { readonly email: string; readonly primary: boolean }[];
  readonly name: string | null;
  readonly phone: string | null;
  readonly phones: readonly { readonly phone: string; readonly primary: boolean }[];
  readonly tags: readonly string[];
  readonly custom_fields: Readonly<Record<string, unknown>>;
  readonly conversation_count: number;
  readonly version: number;
}

/** A conversation, with the fields that tests use. */
export interface Conversation {
  readonly id: string;
  readonly number: number;
  readonly subject: string | null;
  readonly status: string;
  readonly priority: string;
  readonly channel: string;
  readonly assignee: NamedRef | null;
  readonly team: NamedRef | null;
  readonly inbox: NamedRef | null;
  readonly contact: NamedRef & { readonly email: string | null };
  readonly tags: readonly string[];
  readonly snoozed_until: string | null;
  readonly waiting_since: string | null;
  readonly first_replied_at: string | null;
  readonly resolved_at: string | null;
  readonly closed_at: string | null;
  readonly reopen_count: number;
  readonly message_count: number;
  readonly unread_count: number;
  readonly last_message: { readonly id: string; readonly body: string } | null;
  readonly version: number;
  readonly created_at: string;
}

/** A message, with the fields that tests use. */
export interface Message {
  readonly id: string;
  readonly conversation_id: string;
  readonly type: string;
  readonly body: string;
  readonly body_html: string | null;
  readonly content_type: string;
  readonly status: string;
  readonly status_error: string | null;
  readonly author: { readonly type: string; readonly id: string | null; readonly name: string | null };
  readonly attachments: readonly {
    readonly id: string;
    readonly name: string;
    readonly size: number;
    readonly mime_type: string;
    readonly url: string;
  }[];
  readonly edited_at: string | null;
  readonly deleted_at: string | null;
  readonly version: number;
}

/** An internal note. */
export interface Note extends Pick<
  Message,
  'id' | 'conversation_id' | 'body' | 'author' | 'attachments' | 'edited_at' | 'version'
> {
  readonly mentions: readonly string[];
}

/** A team. */
export interface Team {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly members_count: number;
  readonly version: number;
}

/** A team inbox, with the fields that tests use. */
export interface Inbox {
  readonly id: string;
  readonly name: string;
  readonly channel: string;
  readonly team: NamedRef | null;
  readonly greeting: string | null;
  readonly members_count: number;
  readonly version: number;
}

/** A member of a workspace, with the fields that tests use. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly status: string;
  readonly avatar_url: string | null;
  readonly availability: string;
}

/** A stored file. */
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly mime_type: string;
  readonly url: string;
}

/** An entry of the event log. */
export interface LoggedEvent {
  readonly id: string;
  readonly type: string;
  readonly subject_type: string;
  readonly subject_id: string;
  readonly actor: { readonly kind: string; readonly id: string | null };
  readonly data: Readonly<Record<string, unknown>>;
  readonly correlation_id: string;
}

/** An article without its body. */
export interface ArticleSummary {
  readonly id: string;
  readonly status: string;
  readonly locale: string;
  readonly slug: string;
  readonly title: string;
  readonly description: string | null;
  readonly excerpt: string;
  readonly tags: readonly string[];
  readonly author: NamedRef | null;
  readonly published_at: string | null;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** An article. */
export interface Article extends ArticleSummary {
  readonly body: string;
  readonly body_html: string;
}

/** An entry of the audit log. */
export interface AuditEntry {
  readonly id: string;
  readonly action: string;
  readonly summary: string;
  readonly actor: { readonly kind: string; readonly id: string | null; readonly name: string | null };
  readonly subject: NamedRef & { readonly type: string };
  readonly changed: Readonly<Record<string, readonly [unknown, unknown]>>;
  readonly correlation_id: string;
  readonly causation_id: string | null;
  readonly address: string | null;
  readonly occurred_at: string;
}

/** A canned response, with the fields that tests use. */
export interface CannedResponse {
  readonly id: string;
  readonly shortcut: string;
  readonly content: string;
  readonly visibility: string;
  readonly team: NamedRef | null;
  readonly owner_id: string | null;
  readonly usage_count: number;
  readonly version: number;
}

/** A saved view, with the fields that tests use. */
export interface SavedView {
  readonly id: string;
  readonly name: string;
  readonly filter: unknown;
  readonly columns: readonly string[];
  readonly position: number;
  readonly version: number;
}

/** A quick reply, with the fields that tests use. */
export interface QuickReply {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly rendered: string | null;
  readonly inbox_id: string | null;
  readonly position: number;
  readonly version: number;
}

/** A scheduled message, with the fields that tests use. */
export interface ScheduledMessage {
  readonly id: string;
  readonly conversation_id: string;
  readonly author_id: string | null;
  readonly body: string;
  readonly send_at: string | null;
  readonly status: string;
  readonly error: string | null;
  readonly message_id: string | null;
  readonly version: number;
}

/** A notification of a user. */
export interface Notification {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly body: string;
  readonly conversation_id: string | null;
  readonly message_id: string | null;
  readonly actor: { readonly kind: string; readonly id: string | null };
  readonly actor_name: string | null;
  readonly read_at: string | null;
}

export interface Ticket {
  readonly id: string;
  readonly number: number;
  readonly subject: string;
  readonly description: string | null;
  readonly status: string;
  readonly custom_status: NamedRef | null;
  readonly priority: string;
  readonly type: NamedRef | null;
  readonly assignee: NamedRef | null;
  readonly team: NamedRef | null;
  readonly contact: NamedRef & { readonly email: string | null };
  readonly conversation_id: string;
  readonly tags: readonly string[];
  readonly custom_fields: Readonly<Record<string, unknown>>;
  readonly merged_into: string | null;
  readonly resolved_at: string | null;
  readonly reopen_count: number;
  readonly version: number;
}
