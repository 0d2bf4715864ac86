import { toSnakeCasePath } from '../../errors/field-path.js';
import { IntegerField, NestedListField, StringField, StringListField, UuidField } from '../../http/fields.js';
import { MAX_LISTED_REFERENCES, type ReferenceList } from '../references.service.js';

/** An object that refers to another one. */
export class ReferenceDto {
  @StringField({ description: 'Type of the object that has the reference.', example: 'automation' })
  type: string;

  @UuidField({ description: 'ID of the object that has the reference.' })
  id: string;

  @StringField({
    description: 'Name of the object. Null if you cannot read it, such as a personal view of another user.',
    nullable: true,
    example: 'Invoices to billing',
  })
  name: string | null;

  @StringListField({
    description: 'Fields of the object that contain the reference.',
    maxLength: 500,
    example: ['actions[0].team_id'],
  })
  fields: string[];
}

/** The objects that refer to another one. */
export class ReferencesDto {
  @NestedListField(() => ReferenceDto, {
    description: `The first ${MAX_LISTED_REFERENCES} objects, sorted by type.`,
    maxItems: MAX_LISTED_REFERENCES,
  })
  data: ReferenceDto[];

  @IntegerField({ description: 'Number of objects that refer to it.', example: 1 })
  total: number;
}

/** An object that was deleted while others referred to it. */
export class DeletedObjectDto {
  @UuidField({ description: 'ID of the deleted object.' })
  id: string;

  @NestedListField(() => ReferenceDto, {
    description: `The first ${MAX_LISTED_REFERENCES} objects that referred to it, sorted by type.`,
    maxItems: MAX_LISTED_REFERENCES,
  })
  references: ReferenceDto[];

  @IntegerField({ description: 'Number of objects that referred to it.', example: 1 })
  references_total: number;
}

/** Maps references to the wire format. */
export function toReferencesDto({ items, total }: ReferenceList): ReferencesDto {
  const data = items.map(({ type, id, name, paths }) => ({ type, id, name, fields: paths.map(toSnakeCasePath) }));
  return { data, total };
}

/** Response of a deletion; undefined, which is sent as 204, if nothing referred to the object. */
export function toDeletionResponse(id: string, references: ReferenceList): { data: DeletedObjectDto } | undefined {
  if (references.total === 0) return undefined;
  const { data, total } = toReferencesDto(references);
  return { data: { id, references: data, references_total: total } };
}
