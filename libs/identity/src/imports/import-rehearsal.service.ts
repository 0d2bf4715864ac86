import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@parley/kernel';
import { CompaniesRepository } from '../companies/companies.repository.js';
import type { ContactFields, ContactView } from '../contacts/contact.view.js';
import { ContactOwnersRepository } from './contact-owners.repository.js';
import { decide, keysOf, type Decision } from './import-decision.js';
import { drafted, ownersAfter, redrafted, type Employer } from './import-draft.js';
import { ImportDraftsRepository, type ContactDraft } from './import-drafts.repository.js';
import type { ImportView } from './import.view.js';

/** Dry runs: rows are decided on as if those before had been taken in, which is noted apart from the contacts. */
@Injectable()
export class ImportRehearsal {
  constructor(
    private readonly owners: ContactOwnersRepository,
    private readonly drafts: ImportDraftsRepository,
    private readonly companies: CompaniesRepository,
    private readonly clock: Clock,
  ) {}

  /** Decides on rows of which no two have to do with one contact; in the caller's unit of work. */
  async decide(workspaceId: string, { id, options }: ImportView, rows: readonly ContactFields[]): Promise<Decision[]> {
    const owners = await this.ownersOf(workspaceId, id, rows);
    const decisions = rows.map((fields) => decide(fields, owners, options));
    const employers = await this.employersOf(workspaceId, decisions);
    const now = this.clock.now().toISOString();
    const known = new Map(
      [owners.emails, owners.phones, owners.identifiers]
        .flatMap((held) => [...held.values()])
        .map((contact) => [contact.id, contact]),
    );
    const drafts = decisions.flatMap((decision): ContactDraft[] => {
      if (decision.kind === 'create')
        return [drafted(newId(), decision.fields, employers.get(domainOf(decision.fields)), now)];
      return decision.kind === 'update' ? [redrafted(known.get(decision.id)!, decision)] : [];
    });
    if (drafts.length > 0) await this.drafts.keep(workspaceId, id, drafts);
    return decisions;
  }

  /** Forgets what the rows would have done. */
  forget(workspaceId: string, importId: string): Promise<void> {
    return this.drafts.drop(workspaceId, importId);
  }

  private async ownersOf(
    workspaceId: string,
    importId: string,
    rows: readonly ContactFields[],
  ): ReturnType<ContactOwnersRepository['ofRows']> {
    const owners = await this.owners.ofRows(workspaceId, rows);
    const ids = [owners.emails, owners.phones, owners.identifiers]
      .flatMap((held) => [...held.values()])
      .map(({ id }: ContactView) => id);
    return ownersAfter(owners, await this.drafts.find(workspaceId, importId, rows.flatMap(keysOf), ids));
  }

  private employersOf(workspaceId: string, decisions: readonly Decision[]): Promise<ReadonlyMap<string, Employer>> {
    return this.companies.ofDomains(
      workspaceId,
      decisions.flatMap((decision) => (decision.kind === 'create' ? [domainOf(decision.fields)] : [])),
    );
  }
}

function domainOf({ email }: ContactFields): string {
  return email?.split('@').at(-1)!.toLowerCase() ?? '';
}
