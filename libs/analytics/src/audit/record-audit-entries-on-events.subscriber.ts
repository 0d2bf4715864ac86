import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel/events';
import { AuditService } from './audit.service.js';

/** Records each event in the audit trail. */
@Injectable()
export class RecordAuditEntriesOnEventsSubscriber {
  constructor(private readonly audit: AuditService) {}

  @Subscribe('all', { id: 'analytics.record-audit-entries', from: 'start', partition: 'workspace', batch: true })
  record(events: readonly RecordedEvent[]): Promise<void> {
    return this.audit.record(events);
  }
}
