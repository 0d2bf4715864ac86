import { defineReferenceType } from '@parley/kernel/references';

export const COMPANY = defineReferenceType('company', 'is not the ID of a company').name;

/** Custom fields. Others refer to them by {@link customFieldId}. */
export const CUSTOM_FIELD = defineReferenceType('custom_field', 'is not a defined custom field').name;

/** Tags. Others refer to them by their keys. Only deleted tags are a problem: others are created with their first use. */
export const TAG = defineReferenceType('tag', 'is a deleted tag').name;

/** ID of a custom field in references: `contact.plan`. */
export function customFieldId(subject: string, key: string): string {
  return `${subject}.${key}`;
}

/** Option of a family of filter fields: its members are the custom fields of a resource. */
export function memberOfCustomFields(subject: string): (key: string) => { type: string; id: string } {
  return (key) => ({ type: CUSTOM_FIELD, id: customFieldId(subject, key) });
}
