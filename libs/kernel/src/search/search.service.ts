import { Injectable, type OnModuleInit } from '@nestjs/common';
import { findMissingScope, isScope } from '../auth/scopes.js';
import type { Principal } from '../context/request-context.js';
import { DomainError } from '../errors/domain-error.js';
import { HandlerFinder } from '../events/subscriber-registry.js';
import {
  searchFilters,
  searchTypes,
  type SearchFilterParameters,
  type SearchResult,
  type SearchType,
} from './search-type.js';
import { SEARCHABLE } from './searchable.js';

type Search = (workspaceId: string, query: string, limit: number, filter: unknown) => Promise<SearchResult>;

/** A search of the caller. */
export interface SearchRequest {
  readonly query: string;
  /** Names of the types to search. Default: all that are not searched on request only. */
  readonly types?: readonly string[];
  /** Maximum number of results of each type. */
  readonly limit: number;
  /** Query with the filter parameters of all types. */
  readonly parameters: object;
}

/** Result of the search for each type. Types that were not searched have no results. */
export type SearchResults = readonly (readonly [type: SearchType, result: SearchResult])[];

const EMPTY_RESULT: SearchResult = { hits: [], total: 0, totalIsEstimate: false };

/** Runs the searches of all domains. */
@Injectable()
export class SearchService implements OnModuleInit {
  private readonly searches = new Map<string, Search>();

  constructor(private readonly finder: HandlerFinder) {}

  /** @throws Error if a type does not have exactly one search, or requires a scope that is not declared. */
  onModuleInit(): void {
    for (const { metadata, handle, location } of this.finder.find<string>(SEARCHABLE)) {
      if (this.searches.has(metadata)) throw new Error(`${location}: the search type ${metadata} already has a search`);
      this.searches.set(metadata, handle as Search);
    }
    for (const { name, scope } of searchTypes()) {
      if (!this.searches.has(name)) throw new Error(`The search type ${name} has no method with @Searchable`);
      if (!isScope(scope))
        throw new Error(`The search type ${name} requires the scope ${scope}, which is not declared`);
    }
  }

  /**
   * Searches the requested types that the caller may read.
   * @throws DomainError BAD_REQUEST for invalid filter parameters; FORBIDDEN if the scope of a requested type is missing.
   */
  async search(principal: Principal, { query, types, limit, parameters }: SearchRequest): Promise<SearchResults> {
    const filters = new Map<SearchFilterParameters<object, unknown> | undefined, unknown>(
      searchFilters().map((filter) => [filter, filter.parse(parameters, principal.userId)]),
    );
    const isSearched = ({ name, scope, onRequestOnly }: SearchType): boolean => {
      if (types ? !types.includes(name) : onRequestOnly) return false;
      const missing = findMissingScope(principal.scopes, scope);
      if (missing === null) return true;
      if (types) throw new DomainError('FORBIDDEN', `Requires the scope ${missing}`, { requiredScope: missing });
      return false;
    };
    const searched = searchTypes().map((type) => [type, isSearched(type)] as const);
    return Promise.all(
      searched.map(async ([type, included]) => {
        const search = this.searches.get(type.name)!;
        if (!included) return [type, EMPTY_RESULT] as const;
        return [type, await search(principal.workspaceId, query, limit, filters.get(type.filter))] as const;
      }),
    );
  }
}
