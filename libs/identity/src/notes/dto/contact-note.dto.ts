import { EnumField, UuidField, NestedField, StringField, DateField } from '@parley/kernel/http';
import { TimedPageQueryDto } from '@parley/kernel/pagination';
import type { ContactNoteView } from '../contact-note.view.js';

const MAX_BODY_LENGTH = 20_000;

export class NoteAuthorDto {
  @EnumField(['user', 'api_key', 'automation', 'workflow', 'ai_agent', 'system'], {
    description: 'Type of the author.',
  })
  type: string;

  @UuidField({ description: 'ID of the user, API key or rule. Null for the system.', nullable: true })
  id: string | null;

  @StringField({ description: 'Name of the user. Null for other authors.', nullable: true, example: 'Sarah Chen' })
  name: string | null;
}

export class ContactNoteDto {
  @UuidField({ description: 'Note ID.' })
  id: string;

  @UuidField({ description: 'ID of the contact.' })
  contact_id: string;

  @NestedField(() => NoteAuthorDto, { description: 'Author of the note.' })
  author: NoteAuthorDto;

  @StringField({
    description: 'Text of the note.',
    max: MAX_BODY_LENGTH,
    example: 'Prefers to be called in the afternoon.',
  })
  body: string;

  @DateField({ description: 'Creation time.' })
  created_at: string;

  @DateField({ description: 'Time of the last update.' })
  updated_at: string;
}

export class ContactNoteListQueryDto extends TimedPageQueryDto {
  @StringField({
    description: 'Only notes that contain this text, case-insensitive.',
    optional: true,
    min: 1,
    max: 200,
    example: 'afternoon',
  })
  q?: string;
}

export class WriteContactNoteDto {
  @StringField({
    description: 'Text of the note.',
    min: 1,
    max: MAX_BODY_LENGTH,
    example: 'Prefers to be called in the afternoon.',
  })
  body: string;
}

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
