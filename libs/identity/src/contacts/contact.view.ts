/** Somebody who writes in. */
export interface ContactView {
  readonly id: string;
  readonly identifier: string | null;
  readonly email: string | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly company: string | null;
  readonly avatarUrl: string | null;
  readonly customFields: Readonly<Record<string, unknown>>;
  readonly tags: readonly string[];
  readonly status: ContactStatus;
  readonly blocked: boolean;
  readonly conversationCount: number;
  readonly ticketCount: number;
  readonly lastSeenAt: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Whether a contact is written to. */
export type ContactStatus = (typeof CONTACT_STATUSES)[number];
/** Every status of a contact. */
export const CONTACT_STATUSES = ['active', 'inactive', 'unsubscribed'] as const;

/** What can be set about a contact. */
export interface ContactFields {
  readonly identifier?: string | null;
  readonly email?: string | null;
  readonly name?: string | null;
  readonly phone?: string | null;
  readonly company?: string | null;
  readonly avatarUrl?: string | null;
  readonly customFields?: Readonly<Record<string, unknown>>;
  readonly tags?: readonly string[];
  readonly status?: ContactStatus;
}

/** How somebody is pointed at: by id, identifier or e-mail, in that order. */
export interface ContactReference extends ContactFields {
  readonly id?: string;
}
