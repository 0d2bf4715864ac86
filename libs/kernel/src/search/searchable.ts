import { SetMetadata } from '@nestjs/common';

/** Types of objects that search can find, in the order of the response. */
export const SEARCH_TYPES = ['conversation', 'message', 'contact', 'ticket', 'article'] as const;

/** A type of object that search can find. */
export type SearchType = (typeof SEARCH_TYPES)[number];

/** A search result. */
export interface SearchHit {
  readonly id: string;
  /** Relevance. Higher is better; comparable only within one type. */
  readonly rank: number;
  /** Excerpt with `<mark>` around the matching words; everything else is HTML-escaped. */
  readonly highlight: string;
  /** Fields of the object, as in lists. */
  readonly [field: string]: unknown;
}

/** Result of the search for one type. */
export interface SearchResult {
  /** The best results, best first. */
  readonly hits: readonly SearchHit[];
  /** Total number of results, including those that are not in `hits`. */
  readonly total: number;
  /** True if there may be more results, because not all objects were checked. */
  readonly totalIsEstimate: boolean;
}

/** An empty result. */
export const EMPTY_SEARCH_RESULT: SearchResult = { hits: [], total: 0, totalIsEstimate: false };

/** Conditions on conversations, and on the conversations of messages. Other types ignore them. */
export interface SearchFilter {
  readonly status?: readonly string[];
  /** ID of an inbox. */
  readonly inbox?: string;
  /** ID of a user. */
  readonly assignee?: string;
  /** ID of a contact. */
  readonly contact?: string;
  /** Lower bound of the creation time, inclusive, in ISO 8601. */
  readonly createdAfter?: string;
  /** Upper bound of the creation time, exclusive. */
  readonly createdBefore?: string;
}

/** Metadata key of {@link Searchable}. */
export const SEARCHABLE = 'parley.searchable';

/** Declares the method as the search for one type: `(workspaceId, query, limit, filter) => Promise<SearchResult>`. */
export function Searchable(type: SearchType): MethodDecorator {
  return SetMetadata(SEARCHABLE, type);
}
