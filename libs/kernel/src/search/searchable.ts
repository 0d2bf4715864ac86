import { SetMetadata } from '@nestjs/common';

/** Kinds of objects that search can find, in the order of the answer. */
export const SEARCH_TYPES = ['conversation', 'contact', 'ticket', 'article'] as const;

/** A kind of object that search can find. */
export type SearchType = (typeof SEARCH_TYPES)[number];

/** One object found. */
export interface SearchHit {
  readonly id: string;
  /** Greater is better; comparable within one type only. */
  readonly rank: number;
  /** Where the words were found, with `<mark>` around them; everything else is HTML-escaped. */
  readonly highlight: string;
  /** The object's own fields, as they are shown in lists. */
  readonly [field: string]: unknown;
}

/** Metadata key of {@link Searchable}. */
export const SEARCHABLE = 'parley.searchable';

/** Makes the method the search for one type: `(workspaceId, query, limit) => Promise<SearchHit[]>`, best first. */
export function Searchable(type: SearchType): MethodDecorator {
  return SetMetadata(SEARCHABLE, type);
}
