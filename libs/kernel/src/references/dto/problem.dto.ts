import { toSnakeCasePath } from '../../errors/field-path.js';
import { EnumField, NestedField, StringField } from '../../http/fields.js';
import { PROBLEM_CODES, type Problem } from '../problem.js';

/** The object that a problem is about. */
export class ProblemReferenceDto {
  @StringField({ description: 'Type of the object.', example: 'team' })
  type: string;

  @StringField({ description: 'ID of the object, or its name if others refer to it by name.', example: 'contact.plan' })
  id: string;
}

/** A part of an object that no longer has an effect, because something that it refers to changed. */
export class ProblemDto {
  @StringField({ description: 'Field of the object.', example: 'actions[0].team_id' })
  path: string;

  @EnumField(PROBLEM_CODES, {
    description:
      '`not_found` (the referenced object was deleted or never existed), `inactive` (the referenced user is deactivated), ' +
      '`unknown_field`, `unknown_event`, `unknown_action` (this version of Parley does not have it) or `invalid`.',
    example: 'not_found',
  })
  code: string;

  @StringField({ description: 'Description of the problem.', example: 'actions[0].team_id is not the ID of a team' })
  message: string;

  @NestedField(() => ProblemReferenceDto, {
    description: 'The referenced object, with the codes `not_found` and `inactive`, otherwise null.',
    nullable: true,
  })
  reference: ProblemReferenceDto | null;
}

/** Maps a problem to the wire format. */
export function toProblemDto({ path, code, message, target }: Problem): ProblemDto {
  const field = toSnakeCasePath(path);
  const text = typeof message === 'string' ? `${field} ${message}` : message.render(path, toSnakeCasePath);
  return { path: field, code, message: text, reference: target && { type: target.type, id: target.id } };
}
