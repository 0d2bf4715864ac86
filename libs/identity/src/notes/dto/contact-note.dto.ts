import { EnumField, UuidField, NestedField, StringField, DateField } from '@parley/kernel/http';
import { TimedPageQueryDto } from '@parley/kernel/pagination';
import type { ContactNoteView } from '../contact-note.view.js';

const MAX_BODY_LENGTH = 20_000;

/** Who wrote a note. */
export class NoteAuthorDto {
  @EnumField(['user', 'api_key', 'automation', 'workflow', 'ai_agent', 'system'], {
    description: 'What kind of author.',
  })
  type: string;

  @UuidField({ description: 'Id of the user, key or rule; null for the system.', nullable: true })
  id: string | null;

  @StringField({ description: 'Name of the user; null for programs.', nullable: true, example: 'Sarah Chen' })
  name: string | null;
}

/** What somebody of the team wrote down about a contact. */
export class ContactNoteDto {
  @UuidField({ description: 'Id of the note.' })
  id: string;

  @UuidField({ description: 'The contact it is about.' })
  contact_id: string;

  @NestedField(() => NoteAuthorDto, { description: 'Who wrote it.' })
  author: NoteAuthorDto;

  @StringField({
    description: 'What it says.',
    max: MAX_BODY_LENGTH,
    example: 'Prefers to be called in the afternoon.',
  })
  body: string;

  @DateField({ description: 'When it was written.' })
  created_at: string;

  @DateField({ description: 'When it was corrected last.' })
  updated_at: string;
}

/** Which notes about a contact to list. */
export class ContactNoteListQueryDto extends TimedPageQueryDto {
  @StringField({
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
  @StringField({
    description: 'What it says.',
    min: 1,
    max: MAX_BODY_LENGTH,
    example: 'Prefers to be called in the afternoon.',
  })
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
