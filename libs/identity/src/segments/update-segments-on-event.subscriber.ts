import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel/events';
import { contactIdsOfEvent } from './event-contacts.js';
import { SegmentPresenceCache } from './segment-presence-cache.service.js';
import { SegmentMembershipUpdater } from './segment-membership-updater.service.js';

/** Updates segment memberships after events about contacts and companies. */
@Injectable()
export class UpdateSegmentsOnEventSubscriber {
  constructor(
    private readonly presence: SegmentPresenceCache,
    private readonly membershipUpdater: SegmentMembershipUpdater,
  ) {}

  @Subscribe('all', { id: 'identity.update-segment-memberships', partition: 'workspace' })
  async update(event: RecordedEvent): Promise<void> {
    // A segment that is created later computes its members itself.
    if (!(await this.presence.hasSegments(event.workspaceId))) return;
    if (event.subjectType === 'company') return this.membershipUpdater.enqueueCompanyDependent(event.workspaceId);
    const contactIds = contactIdsOfEvent(event);
    if (contactIds.length > 0) await this.membershipUpdater.recompute(event.workspaceId, contactIds);
  }
}
