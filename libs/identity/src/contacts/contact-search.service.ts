import { Injectable } from '@nestjs/common';
import { highlightTerms, Searchable, type SearchResult } from '@parley/kernel/search';
import { WorkspaceSettingsCache } from '@parley/teams';
import { ContactSearchRepository } from './contact-search.repository.js';
import type { ContactConditions } from './contacts-filter.js';
import { parseCountry, parsePhoneSearch, type PhoneSearch } from './phone-number.js';

/** Finds contacts by name, e-mail, phone, identifier or company; accents, and a mistyped letter, do no harm. */
@Injectable()
export class ContactSearchService {
  // One request looks for contacts themselves and for their conversations at the same time.
  private readonly pending = new Map<string, Promise<SearchResult>>();

  constructor(
    private readonly contacts: ContactSearchRepository,
    private readonly settings: WorkspaceSettingsCache,
  ) {}

  /** The contacts that the words meet best; without a letter or digit they meet nobody. */
  @Searchable('contact')
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

  /** Who is found by words in lists: whoever has them, or the digits of the telephone number that they are, in theirs; where nobody has, those who are like the words, unless they are deleted. */
  async buildCondition(
    workspaceId: string,
    searchText: string,
    { deleted }: Pick<ContactConditions, 'deleted'>,
  ): Promise<Pick<ContactConditions, 'texts' | 'ids'>> {
    const texts = [searchText, ...((await this.parsePhoneSearch(workspaceId, searchText))?.digits ?? [])];
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
