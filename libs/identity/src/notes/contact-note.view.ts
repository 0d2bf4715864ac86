import type { Actor } from '@parley/kernel';
import type { TimeRange } from '@parley/kernel/pagination';

/** What somebody of the team wrote down about a contact. */
export interface ContactNoteView {
  readonly id: string;
  readonly contactId: string;
  readonly author: Actor;
  /** Name of the user who wrote it; null for programs. */
  readonly authorName: string | null;
  readonly body: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Which notes about a contact to list. */
export interface ContactNotesFilter extends TimeRange {
  /** In what they say. */
  readonly q?: string;
}
