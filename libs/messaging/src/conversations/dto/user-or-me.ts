import { badRequestError, isUuid } from '@parley/kernel';
import { AnyJsonField, type FieldOptions } from '@parley/kernel/http';

/** Field for the id of a user, or `me`; resolved by {@link resolveUserIdOrMe}. */
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
 * Resolves a user reference of a request body to the user id. Undefined and null are returned as they are.
 * @param me the calling user; null for a service key.
 * @throws DomainError BAD_REQUEST for a value that is neither an id nor `me`.
 */
export function resolveUserIdOrMe<Value extends string | null | undefined>(
  field: string,
  value: Value,
  me: string | null,
): Value | string {
  if (value == null) return value;
  if (value === 'me' && me === null)
    throw badRequestError({ [field]: [`${field}: \`me\` requires a user credential`] });
  if (value === 'me') return me!;
  if (!isUuid(value)) throw badRequestError({ [field]: [`${field} must be a UUID or me`] });
  return value.toLowerCase();
}
