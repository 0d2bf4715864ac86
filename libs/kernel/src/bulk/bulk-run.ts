import type { Actor } from '../context/request-context.js';

/** Maximum number of objects that are updated while the caller waits; larger updates run in a job. */
export const MAX_SYNCHRONOUS_BULK_SIZE = 500;

/** Result for one object. `unchanged`: it already had the requested values. */
export interface BulkResult {
  readonly id: string;
  readonly status: 'updated' | 'unchanged' | 'failed';
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** Bulk update and its progress. */
export interface BulkRunView {
  readonly id: string;
  readonly status: 'running' | 'completed';
  readonly total: number;
  /** Number of objects that have the requested values. */
  readonly succeeded: number;
  readonly failed: number;
  /** Results of all objects for a synchronous run, otherwise the first failures. */
  readonly results: readonly BulkResult[];
  readonly createdAt: string;
  readonly completedAt: string | null;
}

/** Request for a bulk update. */
export interface BulkRequest<Change> {
  /** IDs in the order of processing; null if they are selected during the run. */
  readonly ids: readonly string[] | null;
  readonly change: Change;
  readonly total: number;
  readonly createdAt: string;
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
}

/** Outcome of a batch. */
export interface BulkProgress {
  readonly results: readonly BulkResult[];
  /** Results to store. */
  readonly storedResults: readonly BulkResult[];
  /** Set if the run is complete. */
  readonly completedAt: string | null;
}

/** Normalizes, deduplicates and sorts IDs. The common order prevents deadlocks between concurrent runs. */
export function distinctIds(ids: readonly string[]): string[] {
  return [...new Set(ids.map((id) => id.toLowerCase()))].sort();
}
