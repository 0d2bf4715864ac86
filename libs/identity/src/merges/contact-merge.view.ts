import type { Actor } from '@parley/kernel';
import type { MergeReceipt } from '../contact-data/contact-data-owner.js';
import type { MergeState } from './contact-merge.js';

export interface MergedContact {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
}

export interface ContactMergeView {
  readonly id: string;
  readonly targetId: string;
  /** In the order of the merge. */
  readonly merged: readonly MergedContact[];
  readonly actor: Actor;
  readonly createdAt: string;
  readonly undoneAt: string | null;
}

/** A merge with the data that is needed to undo it. */
export interface ContactMergeRecord {
  readonly id: string;
  readonly targetId: string;
  readonly contactIds: readonly string[];
  readonly before: MergeState;
  readonly after: MergeState;
  /** Receipt of each contact data owner, by its name. */
  readonly receipts: Readonly<Record<string, MergeReceipt>>;
  readonly createdAt: string;
  readonly undoneAt: string | null;
}
