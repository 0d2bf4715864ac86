import { invalidInputError, isUuid, type FieldPath } from '@parley/kernel';
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
 * @param path name of the field in the domain, or its path in the input.
 * @throws DomainError BAD_REQUEST for a value that is neither an id nor `me`.
 */
export function resolveUserIdOrMe<Value extends string | null | undefined>(
  path: string | FieldPath,
  value: Value,
  me: string | null,
): Value | string {
  if (value == null) return value;
  if (value === 'me' && me === null) throw invalidInputError(path, 'cannot be `me`: a service key has no user');
  if (value === 'me') return me!;
  if (!isUuid(value)) throw invalidInputError(path, 'must be a UUID or me');
  return value.toLowerCase();
}
