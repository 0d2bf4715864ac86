export { escapeHtml, highlightTerms } from './highlight-terms.js';
export { SearchHitDto } from './search-hit.dto.js';
export { highlightPassage } from './highlight-passage.js';
export { parseSearchQuery, partialWordOf, type SearchQuery, toTsquery } from './search-query.js';
export { defineSearchType, searchFilters, type SearchHit, type SearchResult, searchTypes } from './search-type.js';
export { type SearchResults, SearchService } from './search.service.js';
export { Searchable } from './searchable.js';
