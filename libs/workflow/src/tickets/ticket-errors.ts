import { fieldConflictError, sentence, type FieldConflictError } from '@parley/kernel';

/** `id` is null when a concurrent request has just inserted the ticket, or the caller cannot see it. */
export function ticketExternalIdConflictError(externalId: string | null, id: string | null = null): FieldConflictError {
  const message = sentence`A ticket with this ${['externalId']} already exists`;
  return fieldConflictError('externalId', message, { externalId, id });
}
