import { Injectable } from '@nestjs/common';
import { highlightTerms, Searchable, type SearchResult } from '@parley/kernel/search';
import { WorkspaceSettingsCache } from '@parley/teams';
import { CONTACT_SEARCH } from './contact-search-type.js';
import { ContactSearchRepository, listSpellings } from './contact-search.repository.js';
import type { ContactConditions } from './contacts-filter.js';
import { parseCountry, parsePhoneSearch, type PhoneSearch } from './phone-number.js';

/** Searches contacts by name, e-mail, phone, identifier or company. Ignores accents and tolerates one typing error. */
@Injectable()
export class ContactSearchService {
  // Shares the result between the contact search and the conversation search of one request.
  private readonly pending = new Map<string, Promise<SearchResult>>();

  constructor(
    private readonly contacts: ContactSearchRepository,
    private readonly settings: WorkspaceSettingsCache,
  ) {}

  /** The best matches of a query. A query without a letter or digit matches nothing. */
  @Searchable(CONTACT_SEARCH)
  search(workspaceId: string, query: string, limit: number): Promise<SearchResult> {
    const key = JSON.stringify([workspaceId, query, limit]);
    const search =
      this.pending.get(key) ?? this.find(workspaceId, query, limit).finally(() => this.pending.delete(key));
    this.pending.set(key, search);
    return search;
  }

  private async find(workspaceId: string, query: string, limit: number): Promise<SearchResult> {
    const phoneSearch = await this.parsePhoneSearch(workspaceId, query);
    const { best, total, more } = await this.contacts.search(workspaceId, query, phoneSearch, limit);
    const hits = best.map(({ view: { id, name, email, phone, company }, rank }) => ({
      id,
      rank,
      highlight: highlightTerms([name, email, phone, company].filter(Boolean).join(' · '), query),
      name,
      email,
      phone,
      company,
    }));
    return { hits, total, totalIsEstimate: more };
  }

  /**
   * Search condition for lists: contacts that contain the text, or the digits of the phone number that it is. If there
   * are none, similar contacts; deleted contacts are not searched by similarity.
   */
  async buildCondition(
    workspaceId: string,
    searchText: string,
    { deleted }: Pick<ContactConditions, 'deleted'>,
  ): Promise<Pick<ContactConditions, 'texts' | 'ids'>> {
    const texts = [
      ...listSpellings(searchText),
      ...((await this.parsePhoneSearch(workspaceId, searchText))?.digits ?? []),
    ];
    const ids = deleted ? null : await this.contacts.listSimilarIds(workspaceId, searchText, texts);
    return ids ? { ids } : { texts };
  }

  private async parsePhoneSearch(workspaceId: string, searchText: string): Promise<PhoneSearch | null> {
    return (
      parsePhoneSearch(searchText, null) &&
      parsePhoneSearch(searchText, parseCountry((await this.settings.get(workspaceId)).default_country))
    );
  }
}
