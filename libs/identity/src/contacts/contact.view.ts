import type { AddressInput } from './contact-addresses.js';

/** Somebody who writes in. */
export interface ContactView {
  readonly id: string;
  readonly identifier: string | null;
  /** The e-mail that is used first. */
  readonly email: string | null;
  readonly otherEmails: readonly string[];
  readonly name: string | null;
  /** The telephone number that is used first, in the form E.164. */
  readonly phone: string | null;
  readonly otherPhones: readonly string[];
  /** Name of their company. */
  readonly company: string | null;
  /** The company itself, when it is known. */
  readonly companyId: string | null;
  /** Where their picture is, when it is not kept here. */
  readonly avatarUrl: string | null;
  /** Their picture, when it was uploaded. */
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
  /** When they were deleted; null, or left out, while they are there. */
  readonly deletedAt?: string | null;
}

/** Whether nothing leads to the contact but their id: no identifier, e-mail or telephone number. */
export function isAnonymous({
  identifier,
  email,
  phone,
}: Pick<ContactView, 'identifier' | 'email' | 'phone'>): boolean {
  return identifier === null && email === null && phone === null;
}

/** Whether it is known who a contact is. */
export const CONTACT_KINDS = ['anonymous', 'identified'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

/** A picture in the storage of files. */
export interface StoredAvatar {
  readonly key: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
}

/** Whether a contact is written to. */
export type ContactStatus = (typeof CONTACT_STATUSES)[number];
/** Every status of a contact. */
export const CONTACT_STATUSES = ['active', 'inactive', 'unsubscribed'] as const;

/** What can be set about a contact. */
export interface ContactInput {
  readonly identifier?: string | null;
  readonly email?: string | null;
  /** All e-mails from now on. */
  readonly emails?: readonly AddressInput[];
  readonly name?: string | null;
  readonly phone?: string | null;
  /** All telephone numbers from now on. */
  readonly phones?: readonly AddressInput[];
  readonly company?: string | null;
  /** Comes with the company's name. */
  readonly companyId?: string | null;
  readonly avatarUrl?: string | null;
  readonly avatar?: StoredAvatar | null;
  /** Come on top of those that are set; null takes one away. */
  readonly customFields?: Readonly<Record<string, unknown>>;
  readonly tags?: readonly string[];
  readonly status?: ContactStatus;
}

/** What is written of a contact. */
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

/** How somebody is pointed at: by id, identifier, e-mail or telephone number, in that order. */
export interface ContactReference extends ContactInput {
  readonly id?: string;
}
