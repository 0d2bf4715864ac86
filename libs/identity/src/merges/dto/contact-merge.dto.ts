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

export class MergeContactsDto {
  @UuidListField({
    description:
      'IDs of the contacts to merge into this contact. Their order determines which value fills an empty field.',
    minItems: 1,
    maxItems: 20,
  })
  contact_ids: string[];
}

export class MergedContactDto {
  @UuidField({ description: 'Contact ID.' })
  id: string;

  @StringField({ description: 'Full name.', nullable: true, example: 'John Doe' })
  name: string | null;

  @EmailField({ description: 'Primary e-mail of the contact before the merge.', nullable: true })
  email: string | null;
}

export class ContactMergeDto {
  @UuidField({ description: 'Merge ID.' })
  id: string;

  @UuidField({ description: 'ID of the contact that the others were merged into.' })
  contact_id: string;

  @NestedListField(() => MergedContactDto, { description: 'Merged contacts.' })
  merged: MergedContactDto[];

  @NestedField(() => ActorDto, { description: 'Actor who merged the contacts.' })
  actor: ActorDto;

  @DateField({ description: 'Time of the merge.' })
  created_at: string;

  @DateField({ description: 'Time until which the merge can be undone.' })
  undo_until: string;

  @DateField({
    description: 'Time when the merge was undone. Null if it was not undone.',
    nullable: true,
    example: null,
  })
  undone_at: string | null;
}

/** A merge with the resulting contact. */
export class MergeOutcomeDto extends ContactMergeDto {
  @NestedField(() => ContactDto, { description: 'The contact in its current state.' })
  contact: ContactDto;
}

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
