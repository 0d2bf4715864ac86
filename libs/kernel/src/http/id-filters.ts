import { badRequestError } from '../errors/domain-error.js';
import { isUuid } from '../ids/ids.js';

/** Keywords that a query accepts in place of IDs. */
export interface IdKeywords {
  /** ID of the calling user for `me`; null for a service key, which has no user; undefined if `me` is not accepted. */
  readonly me?: string | null;
  /** True if `none` is accepted, which means no value. */
  readonly none?: boolean;
}

/**
 * Parses the IDs of a query field; null for `none`.
 * @throws DomainError BAD_REQUEST if a value is neither an ID nor an accepted keyword.
 */
export function parseIdFilter(
  field: string,
  values: readonly string[] | undefined,
  { me, none = false }: IdKeywords,
): (string | null)[] | undefined {
  return values?.map((value) => {
    if (value === 'none' && none) return null;
    if (value === 'me' && me) return me;
    if (isUuid(value)) return value.toLowerCase();
    if (value === 'me' && me === null)
      throw badRequestError({
        [field]: [`${field} cannot be "me" because a service key has no user; use the ID of a user`],
      });
    const accepted = ['an ID', ...(me === undefined ? [] : ['"me"']), ...(none ? ['"none"'] : [])];
    throw badRequestError({ [field]: [`"${value}" is not a valid value of ${field}; use ${accepted.join(' or ')}`] });
  });
}

/** Parses the IDs of users in a query field, including `me`. @throws DomainError BAD_REQUEST */
export function parseUserIdFilter(
  field: string,
  values: readonly string[] | undefined,
  me: string | null,
): string[] | undefined {
  return parseIdFilter(field, values, { me }) as string[] | undefined;
}

/** Parses the IDs of a query field. @throws DomainError BAD_REQUEST if a value is not an ID. */
export function parseIds(field: string, values: readonly string[] | undefined): string[] | undefined {
  return parseIdFilter(field, values, {}) as string[] | undefined;
}
