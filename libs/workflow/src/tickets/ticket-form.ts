import { assertNoIssues } from '@parley/kernel';
import type { TicketTypeView } from '../ticket-types/ticket-type.view.js';

/**
 * Checks that the custom fields have the required values of the type's form.
 * @throws DomainError BAD_REQUEST with the path of each missing field.
 */
export function assertFormComplete(
  { name, form }: Pick<TicketTypeView, 'name' | 'form'>,
  customFields: Readonly<Record<string, unknown>>,
): void {
  const missing = form.filter(({ key, required }) => required && isBlank(customFields[key]));
  assertNoIssues(
    missing.map(({ key }) => ({
      path: ['customFields', key],
      message: `is required for tickets of the type "${name}"`,
    })),
  );
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
