import { InvalidInputError, type InputIssue } from '@parley/kernel';
import type { ContactInput } from '../contacts/contact.view.js';

const isOfPhone = ({ path: [field] }: InputIssue): boolean => field === 'phone' || field === 'phones';

/**
 * The fields without the phone numbers that an error rejects; null if the error concerns other fields too, or if no
 * identifier, e-mail address or other phone number would remain.
 */
export function withoutInvalidPhones(fields: ContactInput, error: unknown): ContactInput | null {
  if (!(error instanceof InvalidInputError) || !error.issues.every(isOfPhone)) return null;
  const { phone, phones = [], ...others } = fields;
  const isInvalid = (field: string, index?: number): boolean =>
    error.issues.some(
      ({ path }) => path[0] === field && (index === undefined || path.length === 1 || path[1] === index),
    );
  const [keepsPhone, validPhones] = [
    phone != null && !isInvalid('phone'),
    phones.filter((_phone, index) => !isInvalid('phones', index)),
  ];
  const isIdentified =
    others.identifier || others.email || others.emails?.length || keepsPhone || validPhones.length > 0;
  if (!isIdentified) return null;
  return { ...others, ...(keepsPhone && { phone }), ...(validPhones.length > 0 && { phones: validPhones }) };
}
