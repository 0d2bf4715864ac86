import { SetMetadata } from '@nestjs/common';

/** Kinds of objects that search can find, in the order of the answer. */
export const SEARCH_TYPES = ['conversation', 'message', 'contact', 'ticket', 'article'] as const;

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

/** What a search of one type has found. */
export interface SearchResult {
  /** The best of it, best first. */
  readonly hits: readonly SearchHit[];
  /** How many there are with those that are not given. */
  readonly total: number;
  /** Whether there may be more than that, because not everything was looked at. */
  readonly totalIsEstimate: boolean;
}

/** Nothing found. */
export const EMPTY_SEARCH_RESULT: SearchResult = { hits: [], total: 0, totalIsEstimate: false };

/** What else the conversations, and those of the messages, must be like; other kinds know nothing of it. */
export interface SearchFilter {
  readonly status?: readonly string[];
  /** Id of an inbox. */
  readonly inbox?: string;
  /** Id of a user. */
  readonly assignee?: string;
  /** Id of a contact. */
  readonly contact?: string;
  /** Messages written, or conversations begun, at or after this time, as ISO 8601 text. */
  readonly createdAfter?: string;
  /** Written or begun before this time. */
  readonly createdBefore?: string;
}

/** Metadata key of {@link Searchable}. */
export const SEARCHABLE = 'parley.searchable';

/** Makes the method the search for one type: `(workspaceId, query, limit, filter) => Promise<Findings>`. */
export function Searchable(type: SearchType): MethodDecorator {
  return SetMetadata(SEARCHABLE, type);
}
