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

/** Asks every domain that has something to find. */
@Injectable()
export class SearchService implements OnModuleInit {
  private readonly searches = new Map<SearchType, Search>();

  constructor(private readonly finder: HandlerFinder) {}

  onModuleInit(): void {
    for (const { metadata, handle, location } of this.finder.find<SearchType>(SEARCHABLE)) {
      if (this.searches.has(metadata)) throw new Error(`${location}: ${metadata} has a search already`);
      this.searches.set(metadata, handle as Search);
    }
  }

  /** What is found of each type asked for; types that cannot be searched yet stay empty. */
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
