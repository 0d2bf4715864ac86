import { SetMetadata } from '@nestjs/common';
import type { SearchResult, SearchType } from './search-type.js';

/** Metadata key of {@link Searchable}. */
export const SEARCHABLE = 'parley.searchable';

type SearchMethod<Filter> = <
  Method extends (workspaceId: string, query: string, limit: number, filter: Filter) => Promise<SearchResult>,
>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<Method>,
) => void;

/** Makes the method the search for one type. The process does not start if a type has no search or several. */
export function Searchable<Filter>(type: SearchType<Filter>): SearchMethod<Filter> {
  return SetMetadata(SEARCHABLE, type.name);
}
