import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel';
import { contactsOfEvent } from './contacts-of-event.js';
import { SegmentKeeping } from './segment-keeping.service.js';

/** Contacts enter and leave segments by what happens with them. */
@Injectable()
export class KeepSegmentsOnEvents {
  constructor(private readonly keeping: SegmentKeeping) {}

  @Subscribe('all', { id: 'identity.keep-segments', partition: 'workspace' })
  async keep(event: RecordedEvent): Promise<void> {
    if (event.subjectType === 'company') return this.keeping.lookLaterForCompanies(event.workspaceId);
    const contactIds = contactsOfEvent(event);
    if (contactIds.length > 0) await this.keeping.look(event.workspaceId, contactIds);
  }
}
