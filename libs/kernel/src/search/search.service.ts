import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HandlerFinder } from '../events/subscriber-registry.js';
import { SEARCHABLE, SEARCH_TYPES, type SearchFilter, type SearchHit, type SearchType } from './searchable.js';

type Search = (workspaceId: string, query: string, limit: number, filter: SearchFilter) => Promise<SearchHit[]>;

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

  /** The best hits of each type asked for; types that cannot be searched yet stay empty. */
  async search(workspaceId: string, query: string, types: readonly SearchType[], limit: number, filter: SearchFilter): Promise<Record<SearchType, SearchHit[]>> {
    const found: Record<SearchType, SearchHit[]> = { conversation: [], message: [], contact: [], ticket: [], article: [] };
    const asked = SEARCH_TYPES.filter((type) => types.includes(type));
    await Promise.all(asked.map(async (type) => (found[type] = (await this.searches.get(type)?.(workspaceId, query, limit, filter)) ?? [])));
    return found;
  }
}
