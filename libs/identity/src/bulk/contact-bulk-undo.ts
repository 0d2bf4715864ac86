import { planBulkUndo, skipBulkFields, type BulkFieldChanges, type BulkFields } from '@parley/kernel/bulk';
import { tagKey } from '../tag-names/tag-key.js';
import type { ContactInput, ContactStatus, ContactView } from '../contacts/contact.view.js';

const CUSTOM_FIELD = 'custom_fields.';
/** Fields that are restored together. */
const COMPANY = ['company', 'company_id'];

/** The fields of a contact that bulk updates can change. */
export function bulkFieldsOf({ company, companyId, status, tags, customFields }: ContactView): BulkFields {
  return {
    company,
    company_id: companyId,
    status,
    tags,
    ...Object.fromEntries(Object.entries(customFields).map(([key, value]) => [CUSTOM_FIELD + key, value])),
  };
}

/** The input that restores the contact, and the fields that have changed since the bulk update. */
export function planContactUndo(
  changes: BulkFieldChanges,
  contact: ContactView,
): { input: ContactInput; skippedFields: readonly string[] } {
  const current = bulkFieldsOf(contact);
  let plan = planBulkUndo(changes, current, tagKey);
  if (COMPANY.some((name) => plan.skippedFields.includes(name))) plan = skipBulkFields(plan, COMPANY, 'company');
  return { input: toContactInput(plan.fields, contact), skippedFields: plan.skippedFields };
}

function toContactInput(fields: BulkFields, { company, companyId }: ContactView): ContactInput {
  const customFields = Object.entries(fields)
    .filter(([name]) => name.startsWith(CUSTOM_FIELD))
    .map(([name, value]) => [name.slice(CUSTOM_FIELD.length), value] as const);
  return {
    ...(COMPANY.some((name) => name in fields) && {
      company: (fields['company'] === undefined ? company : fields['company']) as string | null,
      companyId: (fields['company_id'] === undefined ? companyId : fields['company_id']) as string | null,
    }),
    ...('status' in fields && { status: fields['status'] as ContactStatus }),
    ...('tags' in fields && { tags: fields['tags'] as string[] }),
    ...(customFields.length > 0 && { customFields: Object.fromEntries(customFields) }),
  };
}
