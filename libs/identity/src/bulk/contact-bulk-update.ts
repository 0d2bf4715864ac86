import type { ContactInput, ContactStatus, ContactView } from '../contacts/contact.view.js';

/** What is changed about many contacts at once. */
export interface BulkUpdateContactsInput {
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
export function buildContactInput(
  { tags, addTags, removeTags, ...fields }: BulkUpdateContactsInput,
  before: ContactView,
): ContactInput {
  const changesTags = tags ?? addTags ?? removeTags;
  const remainingTags = (tags ?? before.tags).filter((tag) => !removeTags?.includes(tag));
  return {
    ...fields,
    ...(changesTags && { tags: [...new Set([...remainingTags, ...(addTags ?? [])])] }),
  };
}
