import type { UnitOfWork } from '../database/unit-of-work.js';
import { DomainError } from '../errors/domain-error.js';
import type { BulkFieldChanges } from './bulk-changes.js';
import type { BulkOutcome, BulkResult, BulkSkipReason } from './bulk-run.js';

/**
 * Updates one object; the outcome is `unchanged` if it already has the requested values.
 * @throws DomainError, which becomes its result
 */
export type UpdateItem = (id: string) => Promise<BulkOutcome>;

/**
 * Restores the values that one object had before a bulk update.
 * @throws DomainError, which becomes its result; NOT_FOUND, with `mergedInto` for a merged object, skips the object.
 */
export type RestoreItem = (id: string, changes: BulkFieldChanges) => Promise<BulkOutcome>;

/** Result of one object with its changes. */
export interface BulkItemResult {
  readonly result: BulkResult;
  readonly changes?: BulkFieldChanges;
  readonly skipReason?: BulkSkipReason;
}

/** Updates objects one after the other. A failure rolls back the changes of its object only. */
export async function updateEach(
  unitOfWork: UnitOfWork,
  ids: readonly string[],
  updateItem: UpdateItem,
): Promise<BulkItemResult[]> {
  const items: BulkItemResult[] = [];
  for (const id of ids) items.push(await updateOne(unitOfWork, id, updateItem));
  return items;
}

/** Turns the error for a missing object into an outcome, for undos. @throws any other error. */
export function toSkipped(error: unknown): BulkOutcome {
  if (!(error instanceof DomainError) || error.code !== 'NOT_FOUND') throw error;
  const reason = error.details['mergedInto'] ? 'merged' : 'deleted';
  return { status: 'skipped', reason, message: error.message };
}

async function updateOne(unitOfWork: UnitOfWork, id: string, updateItem: UpdateItem): Promise<BulkItemResult> {
  try {
    return toItemResult(id, await unitOfWork.runInSavepoint(() => updateItem(id)));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { result: { id, status: 'failed', error: { code: error.code, message: error.message } } };
  }
}

function toItemResult(id: string, outcome: BulkOutcome): BulkItemResult {
  const { status } = outcome;
  if (status === 'skipped') {
    const code = outcome.reason === 'changed' ? 'CONFLICT' : 'NOT_FOUND';
    return { result: { id, status, error: { code, message: outcome.message } }, skipReason: outcome.reason };
  }
  const { changes, skippedFields = [] } = outcome;
  const error = skippedFields.length > 0 ? { code: 'CONFLICT', message: changedSinceMessage(skippedFields) } : null;
  return { result: { id, status, error }, changes };
}

/** Message for fields that an undo leaves as they are. */
export function changedSinceMessage(fields: readonly string[]): string {
  return `Changed since the bulk update: ${fields.join(', ')}`;
}
