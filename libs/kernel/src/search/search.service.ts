import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HandlerFinder } from '../events/subscriber-registry.js';
import {
  NOTHING_FOUND,
  SEARCHABLE,
  SEARCH_TYPES,
  type Findings,
  type SearchFilter,
  type SearchType,
} from './searchable.js';

type Search = (workspaceId: string, query: string, limit: number, filter: SearchFilter) => Promise<Findings>;

/** Asks every domain that has something to find. */
@Injectable()
export class SearchService implements OnModuleInit {
  private readonly searches = new Map<SearchType, Search>();

  constructor(private readonly finder: HandlerFinder) {}

  onModuleInit(): void {
    for (const { metadata, handle, where } of this.finder.find<SearchType>(SEARCHABLE)) {
      if (this.searches.has(metadata)) throw new Error(`${where}: ${metadata} has a search already`);
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
  ): Promise<Record<SearchType, Findings>> {
    const found = Object.fromEntries(SEARCH_TYPES.map((type) => [type, NOTHING_FOUND])) as Record<SearchType, Findings>;
    const asked = SEARCH_TYPES.filter((type) => types.includes(type));
    await Promise.all(
      asked.map(
        async (type) =>
          (found[type] = (await this.searches.get(type)?.(workspaceId, query, limit, filter)) ?? NOTHING_FOUND),
      ),
    );
    return found;
  }
}
