import { Injectable } from '@nestjs/common';
import { markWords, Searchable, type SearchHit } from '@parley/kernel';
import { ContactsRepository } from './contacts.repository.js';

/** Finds contacts by name, e-mail, phone, identifier or company; a mistyped letter does no harm. */
@Injectable()
export class ContactSearchService {
  constructor(private readonly contacts: ContactsRepository) {}

  @Searchable('contact')
  async search(workspaceId: string, query: string, limit: number): Promise<SearchHit[]> {
    const found = await this.contacts.search(workspaceId, query.trim(), limit);
    return found.map(({ view: { id, name, email, phone, company }, rank }) => ({
      id, rank, highlight: markWords([name, email, phone, company].filter(Boolean).join(' · '), query), name, email, phone, company,
    }));
  }
}
