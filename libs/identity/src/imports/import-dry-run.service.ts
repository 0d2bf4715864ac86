import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@parley/kernel';
import { CompaniesRepository } from '../companies/companies.repository.js';
import type { ContactInput, ContactView } from '../contacts/contact.view.js';
import { ContactOwnersRepository } from './contact-owners.repository.js';
import { decideImportRows, uniqueKeysOf, type ImportDecision } from './import-decision.js';
import { draftCreatedContact, applyDraftsToOwners, draftUpdatedContact, type CompanyRef } from './import-draft.js';
import { ImportDraftsRepository, type ContactDraft } from './import-drafts.repository.js';
import type { ImportView } from './import.view.js';

/**
 * Runs imports without writing contacts. The results of earlier rows are stored as drafts, so that later rows see them.
 */
@Injectable()
export class ImportDryRunService {
  constructor(
    private readonly owners: ContactOwnersRepository,
    private readonly drafts: ImportDraftsRepository,
    private readonly companies: CompaniesRepository,
    private readonly clock: Clock,
  ) {}

  /** Decides on rows like {@link decideImportRows}; in the caller's unit of work. */
  async decide(
    workspaceId: string,
    { id, options }: ImportView,
    rows: readonly ContactInput[],
  ): Promise<ImportDecision[]> {
    const owners = await this.loadOwners(workspaceId, id, rows);
    const decisions = decideImportRows(rows, owners, options);
    const companies = await this.findCompanies(workspaceId, decisions);
    const now = this.clock.now().toISOString();
    const existing = new Map(
      [owners.emails, owners.identifiers]
        .flatMap((ownersByKey) => [...ownersByKey.values()])
        .map((contact) => [contact.id, contact]),
    );
    const drafts = decisions.flatMap((decision): ContactDraft[] => {
      if (decision.kind === 'create')
        return [draftCreatedContact(newId(), decision.fields, companies.get(emailDomain(decision.fields)), now)];
      return decision.kind === 'update' ? [draftUpdatedContact(existing.get(decision.id)!, decision)] : [];
    });
    if (drafts.length > 0) await this.drafts.upsert(workspaceId, id, drafts);
    return decisions;
  }

  /** Deletes the drafts of an import. */
  discard(workspaceId: string, importId: string): Promise<void> {
    return this.drafts.deleteByImport(workspaceId, importId);
  }

  private async loadOwners(
    workspaceId: string,
    importId: string,
    rows: readonly ContactInput[],
  ): ReturnType<ContactOwnersRepository['findByInputs']> {
    const owners = await this.owners.findByInputs(workspaceId, rows);
    const ids = [owners.emails, owners.identifiers]
      .flatMap((ownersByKey) => [...ownersByKey.values()])
      .map(({ id }: ContactView) => id);
    return applyDraftsToOwners(owners, await this.drafts.find(workspaceId, importId, rows.flatMap(uniqueKeysOf), ids));
  }

  private findCompanies(
    workspaceId: string,
    decisions: readonly ImportDecision[],
  ): Promise<ReadonlyMap<string, CompanyRef>> {
    return this.companies.findByDomains(
      workspaceId,
      decisions.flatMap((decision) => (decision.kind === 'create' ? [emailDomain(decision.fields)] : [])),
    );
  }
}

function emailDomain({ email }: ContactInput): string {
  return email?.split('@').at(-1)!.toLowerCase() ?? '';
}
