import { badRequestError, isUuid } from '@parley/kernel';
import { AnyJsonField, type FieldOptions } from '@parley/kernel/http';

/** The id of a user, or `me`; to be read by {@link resolveUserIdOrMe}. */
export function UserIdOrMeField(options: FieldOptions): PropertyDecorator {
  return AnyJsonField(
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
export function resolveUserIdOrMe<Value extends string | null | undefined>(
  field: string,
  value: Value,
  me: string | null,
): Value | string {
  if (value == null) return value;
  if (value === 'me' && me === null)
    throw badRequestError({ [field]: [`${field} cannot be me: this key is a service's, which is nobody`] });
  if (value === 'me') return me!;
  if (!isUuid(value)) throw badRequestError({ [field]: [`${field} must be a UUID or me`] });
  return value.toLowerCase();
}
