import type { Actor, FilterNode } from '@parley/kernel';
import type { ContactBulkChange } from './contact-bulk-change.js';

/** What became of one of the contacts. */
export interface BulkResult {
  readonly id: string;
  readonly status: 'updated' | 'unchanged' | 'failed';
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** A change of many contacts at once. */
export interface BulkOperationView {
  readonly id: string;
  readonly status: 'running' | 'completed';
  readonly total: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly results: readonly BulkResult[];
  readonly createdAt: string;
  readonly completedAt: string | null;
}

/** The same with what it takes to go on. */
export interface BulkOperationState extends BulkOperationView {
  readonly ids: readonly string[] | null;
  readonly filter: FilterNode | null;
  readonly change: ContactBulkChange;
  readonly actor: Actor;
  /** The contact that was done last; null while none was. */
  readonly position: string | null;
}
