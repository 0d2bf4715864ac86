import type { Actor } from '../context/request-context.js';
import type { Changed } from '../events/domain-event.js';
import type { BulkFieldChanges } from './bulk-changes.js';

/** Maximum number of objects that are updated while the caller waits; larger updates run in a job. */
export const MAX_SYNCHRONOUS_BULK_SIZE = 500;

/** Maximum number of objects in the sample of a dry run. */
export const MAX_BULK_SAMPLE_SIZE = 20;

/** Why an undo leaves an object as it is. */
export type BulkSkipReason = 'changed' | 'merged' | 'deleted';

/** Number of objects that an undo left as they are, by reason. */
export type BulkSkipCounts = Partial<Readonly<Record<BulkSkipReason, number>>>;

/** Result for one object. `unchanged`: it already had the requested values. `skipped`: an undo left it as it is. */
export interface BulkResult {
  readonly id: string;
  readonly status: 'updated' | 'unchanged' | 'skipped' | 'failed';
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** Outcome of the update of one object. */
export type BulkOutcome =
  | {
      readonly status: 'updated' | 'unchanged';
      /** Changed fields, which an undo restores. */
      readonly changes?: BulkFieldChanges;
      /** Fields that an undo did not restore because they have changed since. */
      readonly skippedFields?: readonly string[];
    }
  | { readonly status: 'skipped'; readonly reason: BulkSkipReason; readonly message: string };

/** Object of a bulk update with its changes. */
export interface BulkChangeRecord {
  readonly id: string;
  readonly changes: BulkFieldChanges;
}

/** Change that a bulk update would make to one object. */
export interface BulkSample extends BulkChangeRecord {
  readonly error: BulkResult['error'];
}

/** Bulk update and its progress. */
export interface BulkRunView {
  readonly id: string;
  readonly status: 'running' | 'completed';
  readonly total: number;
  /** Number of objects that have the requested values. */
  readonly succeeded: number;
  readonly failed: number;
  readonly skipped: BulkSkipCounts;
  /** Results of all objects for a synchronous run, otherwise the first that failed or were skipped. */
  readonly results: readonly BulkResult[];
  /** The bulk update that this run undoes; null if it is not an undo. */
  readonly undoesId: string | null;
  /** The run that undoes this one; null if there is none. */
  readonly undoId: string | null;
  readonly createdAt: string;
  readonly completedAt: string | null;
}

/** What a bulk update would do. */
export interface BulkPreview {
  /** Number of selected objects. */
  readonly total: number;
  readonly sample: readonly BulkSample[];
}

/** Request for a bulk update. */
export interface BulkRequest<Change> {
  /** IDs in the order of processing; null if they are selected during the run. */
  readonly ids: readonly string[] | null;
  readonly change: Change;
  readonly total: number;
  readonly createdAt: string;
}

/** Data of the event for a new bulk update. A domain adds the number of objects. */
export interface BulkUpdateEventData {
  /** Names of the fields in the filter, sorted; empty if only IDs were given. Its values can be personal data. */
  readonly filter_fields: readonly string[];
  /** Requested values, with null as the previous value, which differs by object. */
  readonly changed: Changed;
}

/** Input of the next batch of a run. */
export interface BulkBatch<Change> {
  /** Actor that requested the run. */
  readonly actor: Actor;
  readonly change: Change;
  /** Next of the requested IDs; empty if they are selected during the run. */
  readonly next: readonly string[];
  /** Number of results stored by previous batches. */
  readonly storedCount: number;
  /** The bulk update that this run undoes. */
  readonly undoesId: string | null;
}

/** Outcome of a batch. */
export interface BulkProgress {
  readonly results: readonly BulkResult[];
  readonly skipped: BulkSkipCounts;
  /** Results to store. */
  readonly storedResults: readonly BulkResult[];
  /** Set if the run is complete. */
  readonly completedAt: string | null;
}

/** Bulk update to undo. */
export interface UndoableBulkRun {
  readonly status: BulkRunView['status'];
  /** False for undos, and for updates whose changes were not recorded. */
  readonly undoable: boolean;
  readonly undoId: string | null;
  /** Number of objects that it changed. */
  readonly changeCount: number;
}

/** {@link BulkUpdateEventData.filter_fields} of a filter; empty for null. */
export function listFilterFields(filter: unknown): string[] {
  const names = new Set<string>();
  const pending = [filter];
  while (pending.length > 0) {
    const node = pending.pop();
    if (typeof node !== 'object' || node === null) continue;
    const { field } = node as { field?: unknown };
    if (typeof field === 'string') names.add(field);
    else pending.push(...Object.values(node));
  }
  return [...names].sort();
}

/** {@link BulkUpdateEventData.changed} of the requested values by field. Omitted values are left out. */
export function toRequestedChanges(values: Readonly<Record<string, unknown>>): Changed {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([field, value]) => [field, [null, value]]));
}

/** Normalizes, deduplicates and sorts IDs. The common order prevents deadlocks between concurrent runs. */
export function distinctIds(ids: readonly string[]): string[] {
  return [...new Set(ids.map((id) => id.toLowerCase()))].sort();
}
