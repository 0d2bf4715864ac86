import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel/events';
import { InboxDeleted } from '@parley/teams';
import { ContactIdentitiesService } from './contact-identities.service.js';

/** Deletes the identities of a deleted inbox. */
@Injectable()
export class DeleteIdentitiesOnInboxDeletedSubscriber {
  constructor(private readonly identities: ContactIdentitiesService) {}

  @Subscribe([InboxDeleted], { id: 'identity.delete-identities-on-inbox-deleted' })
  async deleteIdentities({ workspaceId, subjectId }: RecordedEvent): Promise<void> {
    await this.identities.deleteByInbox(workspaceId, subjectId);
  }
}
