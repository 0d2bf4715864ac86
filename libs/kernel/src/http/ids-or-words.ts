import { badRequest } from '../errors/domain-error.js';
import { isUuid } from '../ids/ids.js';

/** Words that may stand for ids in a query. */
export interface IdWords {
  /** Who `me` is: null for a service's key, which is nobody; left out where the word says nothing. */
  readonly me?: string | null;
  /** Whether `none` stands for nobody. */
  readonly none?: boolean;
}

/** The ids that a query field names; null is nobody. @throws DomainError BAD_REQUEST for what is neither an id nor one of the words. */
export function idsOrWords(
  field: string,
  given: readonly string[] | undefined,
  { me, none = false }: IdWords,
): (string | null)[] | undefined {
  return given?.map((word) => {
    if (word === 'none' && none) return null;
    if (word === 'me' && me) return me;
    if (isUuid(word)) return word.toLowerCase();
    if (word === 'me' && me === null)
      throw badRequest({ [field]: [`${field} cannot be me: this key is a service's, which is nobody`] });
    const words = ['ids', ...(me === undefined ? [] : ['me']), ...(none ? ['none'] : [])];
    throw badRequest({ [field]: [`${field} takes ${words.join(', ')}, not "${word}"`] });
  });
}

/** The ids of users that a query field names, among them `me`. @throws DomainError BAD_REQUEST */
export function idsOrMe(field: string, given: readonly string[] | undefined, me: string | null): string[] | undefined {
  return idsOrWords(field, given, { me }) as string[] | undefined;
}

/** The ids that a query field names. @throws DomainError BAD_REQUEST for what is no id. */
export function idsIn(field: string, given: readonly string[] | undefined): string[] | undefined {
  return idsOrWords(field, given, {}) as string[] | undefined;
}
