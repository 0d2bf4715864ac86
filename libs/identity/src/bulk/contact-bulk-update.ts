import { withoutTags } from '../tag-names/tag-key.js';
import type { ContactInput, ContactStatus, ContactView } from '../contacts/contact.view.js';

/** Changes to each contact of a bulk update. */
export interface BulkUpdateContactsInput {
  readonly company?: string | null;
  readonly status?: ContactStatus;
  /** Merged into the existing custom fields; null removes a field. */
  readonly customFields?: Readonly<Record<string, unknown>>;
  /** Replaces all tags. */
  readonly tags?: readonly string[];
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
}

/** The fields to write for one contact. */
export function buildContactInput(
  { tags, addTags, removeTags, ...fields }: BulkUpdateContactsInput,
  before: ContactView,
): ContactInput {
  const changesTags = tags ?? addTags ?? removeTags;
  const remainingTags = withoutTags(tags ?? before.tags, removeTags);
  return {
    ...fields,
    ...(changesTags && { tags: [...new Set([...remainingTags, ...(addTags ?? [])])] }),
  };
}
