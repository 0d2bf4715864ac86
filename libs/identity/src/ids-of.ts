import { badRequest, isUuid } from '@parley/kernel';

/** The ids that a query field names; with `none`, that word is null. @throws DomainError BAD_REQUEST for what is no id. */
export function idsOf(field: string, given: readonly string[] | undefined): string[] | undefined;
export function idsOf(field: string, given: readonly string[] | undefined, none: true): (string | null)[] | undefined;
export function idsOf(field: string, given: readonly string[] | undefined, none = false): (string | null)[] | undefined {
  return given?.map((word) => {
    if (none && word === 'none') return null;
    if (isUuid(word)) return word.toLowerCase();
    throw badRequest({ [field]: [`${field} takes ids${none ? ' and none' : ''}, not "${word}"`] });
  });
}
