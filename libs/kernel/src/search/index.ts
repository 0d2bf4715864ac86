export { escapeHtml, highlightTerms } from './highlight-terms.js';
export { searchTermsQuery } from './search-terms-query.js';
export { Searchable, type SearchFilter, type SearchHit, type SearchResult } from './searchable.js';
