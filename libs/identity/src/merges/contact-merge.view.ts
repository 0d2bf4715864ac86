import type { Actor } from '@parley/kernel';
import type { MergeReceipt } from '../contact-data/contact-data-owner.js';
import type { MergeState } from './contact-merge.js';

/** A contact that was merged into another. */
export interface MergedContact {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
}

/** Contacts that became one. */
export interface ContactMergeView {
  readonly id: string;
  readonly targetId: string;
  /** In the order in which they were merged. */
  readonly merged: readonly MergedContact[];
  readonly actor: Actor;
  readonly createdAt: string;
  readonly undoneAt: string | null;
}

/** The same with what it takes to undo it. */
export interface ContactMergeRecord {
  readonly id: string;
  readonly targetId: string;
  readonly contactIds: readonly string[];
  readonly before: MergeState;
  readonly after: MergeState;
  /** What each part of the house remembers, by its name. */
  readonly receipts: Readonly<Record<string, MergeReceipt>>;
  readonly createdAt: string;
  readonly undoneAt: string | null;
}
