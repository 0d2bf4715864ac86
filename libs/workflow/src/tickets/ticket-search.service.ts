import { Injectable } from '@nestjs/common';
import {
  highlightPassage,
  escapeHtml,
  parseSearchQuery,
  Searchable,
  toTsquery,
  type SearchResult,
} from '@parley/kernel/search';
import { parseTicketNumber } from './ticket-lists.repository.js';
import { TICKET_SEARCH } from './ticket-search-type.js';
import { MAX_RANKED, TicketSearchRepository } from './ticket-search.repository.js';

/** Searches tickets by number, subject and description. */
@Injectable()
export class TicketSearchService {
  constructor(private readonly tickets: TicketSearchRepository) {}

  @Searchable(TICKET_SEARCH)
  async search(workspaceId: string, query: string, limit: number): Promise<SearchResult> {
    const terms = parseSearchQuery(query);
    const number = parseTicketNumber(query);
    if (terms === null && number === null) return { hits: [], total: 0, totalIsEstimate: false };
    const rows = await this.tickets.search(workspaceId, terms === null ? '' : toTsquery(terms), number, limit);
    const hits = rows.map(({ text, total: _total, contact_id, contact_name, ...fields }) => ({
      ...fields,
      contact: { id: contact_id, name: contact_name },
      highlight:
        fields.number === number
          ? `<mark>#${fields.number}</mark> ${escapeHtml(fields.subject)}`
          : highlightPassage(text, terms!),
    }));
    const total = rows[0]?.total ?? 0;
    return { hits, total, totalIsEstimate: total >= MAX_RANKED };
  }
}
