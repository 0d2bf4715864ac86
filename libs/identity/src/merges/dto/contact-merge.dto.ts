import { ActorDto } from '@parley/kernel/events';
import {
  EmailField,
  UuidField,
  UuidListField,
  NestedField,
  NestedListField,
  StringField,
  DateField,
} from '@parley/kernel/http';
import { ContactDto } from '../../contacts/dto/contact.dto.js';
import type { ContactMergeView } from '../contact-merge.view.js';
import { undoDeadline } from '../contact-unmerge.service.js';

/** Contacts to merge into another. */
export class MergeContactsDto {
  @UuidListField({
    description: 'The contacts that are to become this one; what they have to say counts in this order.',
    minItems: 1,
    maxItems: 20,
  })
  contact_ids: string[];
}

/** A contact that was merged into another. */
export class MergedContactDto {
  @UuidField({ description: 'Id of the contact.' })
  id: string;

  @StringField({ description: 'Full name.', nullable: true, example: 'John Doe' })
  name: string | null;

  @EmailField({ description: 'The e-mail that was used first.', nullable: true })
  email: string | null;
}

/** Contacts that became one. */
export class ContactMergeDto {
  @UuidField({ description: 'Id of the merge; what undoing takes.' })
  id: string;

  @UuidField({ description: 'The contact that the others became.' })
  contact_id: string;

  @NestedListField(() => MergedContactDto, { description: 'The others.' })
  merged: MergedContactDto[];

  @NestedField(() => ActorDto, { description: 'Who merged them.' })
  actor: ActorDto;

  @DateField({ description: 'When they were merged.' })
  created_at: string;

  @DateField({ description: 'Until when it can be undone.' })
  undo_until: string;

  @DateField({ description: 'When it was undone; null while it was not.', nullable: true, example: null })
  undone_at: string | null;
}

/** What became of a merge. */
export class MergeOutcomeDto extends ContactMergeDto {
  @NestedField(() => ContactDto, { description: 'The contact as it is now.' })
  contact: ContactDto;
}

/** Puts a merge on the wire. */
export function toContactMergeDto(view: ContactMergeView): ContactMergeDto {
  return {
    id: view.id,
    contact_id: view.targetId,
    merged: view.merged as MergedContactDto[],
    actor: view.actor,
    created_at: view.createdAt,
    undo_until: undoDeadline(view.createdAt).toISOString(),
    undone_at: view.undoneAt,
  };
}
