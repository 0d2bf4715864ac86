/** A person who writes to the workspace. */
export interface ContactView {
  readonly id: string;
  readonly identifier: string | null;
  /** Primary e-mail address. */
  readonly email: string | null;
  readonly otherEmails: readonly string[];
  readonly name: string | null;
  /** Primary phone number in E.164 format. */
  readonly phone: string | null;
  readonly otherPhones: readonly string[];
  /** Company name. */
  readonly company: string | null;
  /** ID of the linked company. */
  readonly companyId: string | null;
  /** URL of an external avatar. */
  readonly avatarUrl: string | null;
  /** Uploaded avatar. */
  readonly avatar: StoredAvatar | null;
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
  /** Deletion time; null or omitted for live contacts. */
  readonly deletedAt?: string | null;
}

/** True if the contact has no identifier, e-mail or phone number. */
export function isAnonymous({
  identifier,
  email,
  phone,
}: Pick<ContactView, 'identifier' | 'email' | 'phone'>): boolean {
  return identifier === null && email === null && phone === null;
}

/** A contact is identified if it has an identifier, e-mail or phone number. */
export const CONTACT_KINDS = ['anonymous', 'identified'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

/** An avatar in the file storage. */
export interface StoredAvatar {
  readonly key: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
}

/** Messaging status of a contact. */
export type ContactStatus = (typeof CONTACT_STATUSES)[number];
export const CONTACT_STATUSES = ['active', 'inactive', 'unsubscribed'] as const;

/** An e-mail address or phone number in a request. */
export interface AddressInput {
  readonly value: string;
  /** True if this is the primary address. Default: the first address of the list is primary. */
  readonly primary?: boolean;
}

/** Fields of a contact that can be set. */
export interface ContactInput {
  readonly identifier?: string | null;
  readonly email?: string | null;
  /** Replaces all e-mail addresses. */
  readonly emails?: readonly AddressInput[];
  readonly name?: string | null;
  readonly phone?: string | null;
  /** Replaces all phone numbers. */
  readonly phones?: readonly AddressInput[];
  readonly company?: string | null;
  /** The validator adds the company's name. */
  readonly companyId?: string | null;
  readonly avatarUrl?: string | null;
  readonly avatar?: StoredAvatar | null;
  /** Merged into the existing custom fields; null removes a field. */
  readonly customFields?: Readonly<Record<string, unknown>>;
  readonly tags?: readonly string[];
  readonly status?: ContactStatus;
}

/** Fields to write. */
export type ContactPatch = Partial<
  Pick<
    ContactView,
    | 'identifier'
    | 'email'
    | 'otherEmails'
    | 'name'
    | 'phone'
    | 'otherPhones'
    | 'company'
    | 'companyId'
    | 'avatarUrl'
    | 'avatar'
    | 'customFields'
    | 'tags'
    | 'status'
  >
>;

/** A reference to a contact: by ID, identifier, e-mail or phone number, in that order. */
export interface ContactReference extends Pick<ContactInput, 'identifier' | 'email' | 'phone' | 'name'> {
  readonly id?: string;
}

/** Contact of a new conversation. */
export type ConversationContact = Pick<ContactView, 'id' | 'name' | 'blocked'>;
