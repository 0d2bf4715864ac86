import type { Actor } from '@parley/kernel';
import type { TimeRange } from '@parley/kernel/pagination';

/** A note of an agent or a program about a contact. Contacts never see it. */
export interface ContactNoteView {
  readonly id: string;
  readonly contactId: string;
  readonly author: Actor;
  /** Name of the user who wrote it; null for other authors. */
  readonly authorName: string | null;
  readonly body: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface ContactNotesFilter extends TimeRange {
  /** Text in the body. */
  readonly q?: string;
}
