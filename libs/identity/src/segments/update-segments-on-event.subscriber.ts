import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel/events';
import { contactIdsOfEvent } from './event-contacts.js';
import { SegmentMembershipUpdater } from './segment-membership-updater.service.js';

/** Updates segment memberships after events about contacts and companies. */
@Injectable()
export class UpdateSegmentsOnEventSubscriber {
  constructor(private readonly membershipUpdater: SegmentMembershipUpdater) {}

  @Subscribe('all', { id: 'identity.update-segment-memberships', partition: 'workspace' })
  async update(event: RecordedEvent): Promise<void> {
    if (event.subjectType === 'company') return this.membershipUpdater.enqueueCompanyDependent(event.workspaceId);
    const contactIds = contactIdsOfEvent(event);
    if (contactIds.length > 0) await this.membershipUpdater.recompute(event.workspaceId, contactIds);
  }
}
