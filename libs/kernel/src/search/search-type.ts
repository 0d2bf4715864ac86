import type { Type } from '@nestjs/common';
import type { Scope } from '../auth/scopes.js';

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

/** Query parameters that filter the results of one or more types. */
export interface SearchFilterParameters<Query extends object, Filter> {
  /** Request DTO with the parameters. */
  readonly query: Type<Query>;
  /**
   * Maps the parameters to a filter. `userId` is the calling user, or null for a service key.
   * @throws DomainError BAD_REQUEST for invalid parameters.
   */
  parse(query: Query, userId: string | null): Filter;
}

/** What the owner of a search type declares about it. */
export interface SearchTypeOptions<Filter> {
  /** Name of the results in the response: the plural of the type. */
  readonly plural: string;
  /** Noun phrase for the documentation: the objects and the texts that they are found by. */
  readonly description: string;
  /** Scope that the caller needs. Without it, the type is not searched. */
  readonly scope: Scope;
  /** Response DTO of a result. */
  readonly hit: Type<SearchHitFields>;
  /** Parameters of the search for this type. Several types can share them. */
  readonly filter?: SearchFilterParameters<object, Filter>;
  /** True if the type is searched only if the caller asks for it. Default: false. */
  readonly onRequestOnly?: boolean;
}

/** Fields of every hit DTO. */
export type SearchHitFields = Pick<SearchHit, 'id' | 'rank' | 'highlight'>;

/** A type of objects that search can find. */
export interface SearchType<Filter = unknown> extends SearchTypeOptions<Filter> {
  readonly name: string;
  readonly onRequestOnly: boolean;
}

const types = new Map<string, SearchType>();

/**
 * Declares a type of objects for `GET /v1/search`. One method, decorated with {@link Searchable}, searches them.
 * @throws Error if the name or the plural has another owner.
 */
export function defineSearchType<Filter = undefined>(
  name: string,
  options: SearchTypeOptions<Filter>,
): SearchType<Filter> {
  if (types.has(name)) throw new Error(`The search type ${name} is defined twice`);
  for (const { name: other, plural } of types.values()) {
    if (plural === options.plural) throw new Error(`The search types ${other} and ${name} are both called ${plural}`);
  }
  const type: SearchType<Filter> = { onRequestOnly: false, ...options, name };
  types.set(name, type);
  return type;
}

/** The search types of the loaded domains, sorted by name. */
export function searchTypes(): readonly SearchType[] {
  return [...types.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** The filter parameters of the loaded domains. */
export function searchFilters(): readonly SearchFilterParameters<object, unknown>[] {
  return [...new Set(searchTypes().flatMap(({ filter }) => (filter ? [filter] : [])))];
}
