import { badRequestError } from '../errors/domain-error.js';
import { isUuid } from '../ids/ids.js';

/** Words that may stand for ids in a query. */
export interface IdKeywords {
  /** Who `me` is: null for a service's key, which is nobody; left out where the word says nothing. */
  readonly me?: string | null;
  /** Whether `none` stands for nobody. */
  readonly none?: boolean;
}

/** The ids that a query field names; null is nobody. @throws DomainError BAD_REQUEST for what is neither an id nor one of the words. */
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
      throw badRequestError({ [field]: [`${field} cannot be me: this key is a service's, which is nobody`] });
    const accepted = ['ids', ...(me === undefined ? [] : ['me']), ...(none ? ['none'] : [])];
    throw badRequestError({ [field]: [`${field} takes ${accepted.join(', ')}, not "${value}"`] });
  });
}

/** The ids of users that a query field names, among them `me`. @throws DomainError BAD_REQUEST */
export function parseUserIdFilter(
  field: string,
  values: readonly string[] | undefined,
  me: string | null,
): string[] | undefined {
  return parseIdFilter(field, values, { me }) as string[] | undefined;
}

/** The ids that a query field names. @throws DomainError BAD_REQUEST for what is no id. */
export function parseIds(field: string, values: readonly string[] | undefined): string[] | undefined {
  return parseIdFilter(field, values, {}) as string[] | undefined;
}
