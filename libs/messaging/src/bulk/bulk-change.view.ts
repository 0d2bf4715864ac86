import type { Actor } from '@parley/kernel';
import type { ConversationEdit } from '../conversations/conversation.view.js';

/** Most conversations that are changed while the caller waits. */
export const MOST_AT_ONCE = 500;

/** Most conversations that one call can change. */
export const MOST_IN_ALL = 50_000;

/** Failures that are kept of a change that a job goes on with. */
export const MOST_FAILURES_KEPT = 500;

/** What became of one conversation. */
export interface RowResult {
  readonly id: string;
  /** `updated` is as asked for, whether or not it was before. */
  readonly status: 'updated' | 'failed';
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** A change of many conversations. */
export interface BulkChangeView {
  readonly id: string;
  readonly status: 'running' | 'completed';
  readonly total: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Each conversation when it was done at once, else the first that failed. */
  readonly results: readonly RowResult[];
  readonly createdAt: string;
  readonly completedAt: string | null;
}

/** A change as a job goes on with it. */
export interface BulkTask {
  readonly actor: Actor;
  readonly edit: ConversationEdit;
  /** Those that come next. */
  readonly ids: readonly string[];
}
