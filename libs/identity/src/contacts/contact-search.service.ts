import { Injectable } from '@nestjs/common';
import { markWords, Searchable, type Findings } from '@parley/kernel';
import { WorkspaceSettings } from '@parley/teams';
import { ContactSearchRepository } from './contact-search.repository.js';
import type { ContactConditions } from './contacts-filter.js';
import { countryOf, soughtNumber, type SoughtNumber } from './phone-number.js';

/** Finds contacts by name, e-mail, phone, identifier or company; accents, and a mistyped letter, do no harm. */
@Injectable()
export class ContactSearchService {
  // One request looks for contacts themselves and for their conversations at the same time.
  private readonly underWay = new Map<string, Promise<Findings>>();

  constructor(
    private readonly contacts: ContactSearchRepository,
    private readonly settings: WorkspaceSettings,
  ) {}

  /** The contacts that the words meet best; without a letter or digit they meet nobody. */
  @Searchable('contact')
  search(workspaceId: string, query: string, limit: number): Promise<Findings> {
    const key = JSON.stringify([workspaceId, query, limit]);
    const asked =
      this.underWay.get(key) ?? this.find(workspaceId, query, limit).finally(() => this.underWay.delete(key));
    this.underWay.set(key, asked);
    return asked;
  }

  private async find(workspaceId: string, query: string, limit: number): Promise<Findings> {
    const sought = await this.soughtNumber(workspaceId, query);
    const { best, total, more } = await this.contacts.search(workspaceId, query, sought, limit);
    const hits = best.map(({ view: { id, name, email, phone, company }, rank }) => ({
      id,
      rank,
      highlight: markWords([name, email, phone, company].filter(Boolean).join(' · '), query),
      name,
      email,
      phone,
      company,
    }));
    return { hits, total, totalIsEstimate: more };
  }

  /** Who is found by words in lists: whoever has them, or the digits of the telephone number that they are, in theirs; where nobody has, those who are like the words, unless they are deleted. */
  async conditionOf(
    workspaceId: string,
    words: string,
    { deleted }: Pick<ContactConditions, 'deleted'>,
  ): Promise<Pick<ContactConditions, 'texts' | 'ids'>> {
    const texts = [words, ...((await this.soughtNumber(workspaceId, words))?.digits ?? [])];
    const ids = deleted ? null : await this.contacts.idsAlike(workspaceId, words, texts);
    return ids ? { ids } : { texts };
  }

  private async soughtNumber(workspaceId: string, words: string): Promise<SoughtNumber | null> {
    return (
      soughtNumber(words, null) && soughtNumber(words, countryOf((await this.settings.of(workspaceId)).default_country))
    );
  }
}
