import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel';
import { InboxDeleted } from '@parley/teams';
import { ContactIdentities } from './contact-identities.service.js';

/** Nobody is known in an inbox that is gone. */
@Injectable()
export class ForgetIdentitiesOnInboxDeleted {
  constructor(private readonly identities: ContactIdentities) {}

  @Subscribe([InboxDeleted], { id: 'identity.forget-identities-of-inbox' })
  async forget({ workspaceId, subjectId }: RecordedEvent): Promise<void> {
    await this.identities.forgetInbox(workspaceId, subjectId);
  }
}
