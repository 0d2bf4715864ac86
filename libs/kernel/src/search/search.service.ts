import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HandlerFinder } from '../events/subscriber-registry.js';
import {
  EMPTY_SEARCH_RESULT,
  SEARCHABLE,
  SEARCH_TYPES,
  type SearchResult,
  type SearchFilter,
  type SearchType,
} from './searchable.js';

type Search = (workspaceId: string, query: string, limit: number, filter: SearchFilter) => Promise<SearchResult>;

/** Runs the searches of all domains. */
@Injectable()
export class SearchService implements OnModuleInit {
  private readonly searches = new Map<SearchType, Search>();

  constructor(private readonly finder: HandlerFinder) {}

  onModuleInit(): void {
    for (const { metadata, handle, location } of this.finder.find<SearchType>(SEARCHABLE)) {
      if (this.searches.has(metadata)) throw new Error(`${location}: ${metadata} already has a search`);
      this.searches.set(metadata, handle as Search);
    }
  }

  /** Results of each requested type; empty for types without a search. */
  async search(
    workspaceId: string,
    query: string,
    types: readonly SearchType[],
    limit: number,
    filter: SearchFilter,
  ): Promise<Record<SearchType, SearchResult>> {
    const results = Object.fromEntries(SEARCH_TYPES.map((type) => [type, EMPTY_SEARCH_RESULT])) as Record<
      SearchType,
      SearchResult
    >;
    const requestedTypes = SEARCH_TYPES.filter((type) => types.includes(type));
    await Promise.all(
      requestedTypes.map(
        async (type) =>
          (results[type] = (await this.searches.get(type)?.(workspaceId, query, limit, filter)) ?? EMPTY_SEARCH_RESULT),
      ),
    );
    return results;
  }
}
