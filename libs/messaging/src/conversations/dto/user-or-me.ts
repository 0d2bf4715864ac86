import { badRequest, isUuid, Unchecked, type FieldOptions } from '@parley/kernel';

/** The id of a user, or `me`; to be read by {@link userOrMe}. */
export function UserOrMe(options: FieldOptions): PropertyDecorator {
  return Unchecked(
    {
      anyOf: [
        { type: 'string', format: 'uuid' },
        { type: 'string', const: 'me' },
      ],
    },
    { example: 'me', ...options },
  );
}

/**
 * The id of the user whom a field of a body names; what was left out or is null stays so.
 * @param me who calls; null for a service's key, which is nobody.
 * @throws DomainError BAD_REQUEST for what is neither an id nor `me`.
 */
export function userOrMe<Given extends string | null | undefined>(
  field: string,
  given: Given,
  me: string | null,
): Given | string {
  if (given == null) return given;
  if (given === 'me' && me === null)
    throw badRequest({ [field]: [`${field} cannot be me: this key is a service's, which is nobody`] });
  if (given === 'me') return me!;
  if (!isUuid(given)) throw badRequest({ [field]: [`${field} must be a UUID or me`] });
  return given.toLowerCase();
}
