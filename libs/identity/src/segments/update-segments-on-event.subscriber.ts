import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel/events';
import { SegmentCreated } from '../identity.events.js';
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
    if (!(await this.presence.hasSegments(event.workspaceId))) return;
    // Once more, because changes that were committed meanwhile could precede the segment in the log.
    if (event.type === SegmentCreated.type)
      return this.membershipUpdater.enqueueRecompute(event.workspaceId, event.subjectId);
    if (event.subjectType === 'company') return this.membershipUpdater.enqueueCompanyDependent(event.workspaceId);
    const contactIds = contactIdsOfEvent(event);
    if (contactIds.length > 0) await this.membershipUpdater.recompute(event.workspaceId, contactIds);
  }
}
