import type { ContactFields, ContactStatus, ContactView } from '../contacts/contact.view.js';

/** What is changed about many contacts at once. */
export interface ContactBulkChange {
  readonly company?: string | null;
  readonly status?: ContactStatus;
  /** Fields to set; null takes one away, and others stay. */
  readonly customFields?: Readonly<Record<string, unknown>>;
  /** All tags from now on. */
  readonly tags?: readonly string[];
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
}

/** What the change says about one of the contacts. */
export function fieldsFor(
  { tags, addTags, removeTags, ...fields }: ContactBulkChange,
  before: ContactView,
): ContactFields {
  const retags = tags ?? addTags ?? removeTags;
  const kept = (tags ?? before.tags).filter((tag) => !removeTags?.includes(tag));
  return {
    ...fields,
    ...(retags && { tags: [...new Set([...kept, ...(addTags ?? [])])] }),
  };
}
