import type { Actor } from '../context/request-context.js';

/** Most things that are changed while the caller waits; more are left to a job. */
export const MAX_SYNCHRONOUS_BULK_SIZE = 500;

/** What became of one of the things; `unchanged` was as asked for before. */
export interface BulkResult {
  readonly id: string;
  readonly status: 'updated' | 'unchanged' | 'failed';
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** A change of many things, and how far it has come. */
export interface BulkRunView {
  readonly id: string;
  readonly status: 'running' | 'completed';
  readonly total: number;
  /** Those that are now as asked for. */
  readonly succeeded: number;
  readonly failed: number;
  /** Each of them when it was done at once, else the first that failed. */
  readonly results: readonly BulkResult[];
  readonly createdAt: string;
  readonly completedAt: string | null;
}

/** What is asked for. */
export interface BulkRequest<Change> {
  /** Which things, in the order that they are changed in; null where they are found as it goes on. */
  readonly ids: readonly string[] | null;
  readonly change: Change;
  readonly total: number;
  readonly createdAt: string;
}

/** What the next step of a run works on. */
export interface BulkBatch<Change> {
  /** Who asked for it. */
  readonly actor: Actor;
  readonly change: Change;
  /** Those of the ids asked for that come next; none where they are found as it goes on. */
  readonly next: readonly string[];
  /** How many results are kept of the steps before. */
  readonly storedCount: number;
}

/** What a step has come to. */
export interface BulkProgress {
  readonly results: readonly BulkResult[];
  /** Those of the results to keep. */
  readonly storedResults: readonly BulkResult[];
  /** Set when nothing is left. */
  readonly completedAt: string | null;
}

/** Ids in one order for all, each once, so that two runs at once wait for each other instead of for good. */
export function distinctIds(ids: readonly string[]): string[] {
  return [...new Set(ids.map((id) => id.toLowerCase()))].sort();
}
