import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel/events';
import { CompanyUpdated } from '../identity.events.js';
import { CompaniesService } from './companies.service.js';

/** Writes a company's new name to its contacts. */
@Injectable()
export class RenameContactsCompanyOnCompanyUpdatedSubscriber {
  constructor(private readonly companies: CompaniesService) {}

  @Subscribe([CompanyUpdated], { id: 'identity.update-company-names-on-company-updated' })
  async rename({ workspaceId, subjectId, data }: RecordedEvent): Promise<void> {
    if ('name' in (data as CompanyUpdated['data']).changed)
      await this.companies.renameOnContacts(workspaceId, subjectId);
  }
}
