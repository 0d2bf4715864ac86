import { Injectable } from '@nestjs/common';
import { markWords, Searchable, type SearchHit } from '@parley/kernel';
import { ContactSearchRepository } from './contact-search.repository.js';

/** Finds contacts by name, e-mail, phone, identifier or company; a mistyped letter does no harm. */
@Injectable()
export class ContactSearchService {
  // One request looks for contacts themselves and for their conversations at the same time.
  private readonly underWay = new Map<string, Promise<SearchHit[]>>();

  constructor(private readonly contacts: ContactSearchRepository) {}

  /** The contacts that the words meet best; without a letter or digit they meet nobody. */
  @Searchable('contact')
  search(workspaceId: string, query: string, limit: number): Promise<SearchHit[]> {
    const key = JSON.stringify([workspaceId, query, limit]);
    const asked = this.underWay.get(key) ?? this.find(workspaceId, query, limit).finally(() => this.underWay.delete(key));
    this.underWay.set(key, asked);
    return asked;
  }

  private async find(workspaceId: string, query: string, limit: number): Promise<SearchHit[]> {
    const found = await this.contacts.search(workspaceId, query, limit);
    return found.map(({ view: { id, name, email, phone, company }, rank }) => ({
      id, rank, highlight: markWords([name, email, phone, company].filter(Boolean).join(' · '), query), name, email, phone, company,
    }));
  }
}
