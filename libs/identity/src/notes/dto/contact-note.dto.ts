import { Choice, Id, Nested, Text, Time, TimedPageQueryDto } from '@parley/kernel';
import type { ContactNoteView } from '../contact-note.view.js';

const LONGEST = 20_000;

/** Who wrote a note. */
export class NoteAuthorDto {
  @Choice(['user', 'api_key', 'automation', 'workflow', 'ai_agent', 'system'], { description: 'What kind of author.' })
  type: string;

  @Id({ description: 'Id of the user, key or rule; null for the system.', nullable: true })
  id: string | null;

  @Text({ description: 'Name of the user; null for programs.', nullable: true, example: 'Sarah Chen' })
  name: string | null;
}

/** What somebody of the team wrote down about a contact. */
export class ContactNoteDto {
  @Id({ description: 'Id of the note.' })
  id: string;

  @Id({ description: 'The contact it is about.' })
  contact_id: string;

  @Nested(() => NoteAuthorDto, { description: 'Who wrote it.' })
  author: NoteAuthorDto;

  @Text({ description: 'What it says.', max: LONGEST, example: 'Prefers to be called in the afternoon.' })
  body: string;

  @Time({ description: 'When it was written.' })
  created_at: string;

  @Time({ description: 'When it was corrected last.' })
  updated_at: string;
}

/** Which notes about a contact to list. */
export class ContactNoteListQueryDto extends TimedPageQueryDto {
  @Text({
    description: 'Only notes with this in them, regardless of case.',
    optional: true,
    min: 1,
    max: 200,
    example: 'afternoon',
  })
  q?: string;
}

/** What to write down. */
export class WriteContactNoteDto {
  @Text({ description: 'What it says.', min: 1, max: LONGEST, example: 'Prefers to be called in the afternoon.' })
  body: string;
}

/** Puts a note on the wire. */
export function toContactNoteDto(view: ContactNoteView): ContactNoteDto {
  const author = { type: view.author.kind, id: view.author.id, name: view.authorName };
  return {
    id: view.id,
    contact_id: view.contactId,
    author,
    body: view.body,
    created_at: view.createdAt,
    updated_at: view.updatedAt,
  };
}
