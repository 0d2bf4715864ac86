import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel';
import { AuditService } from './audit.service.js';

/** Keeps the audit trail in step with the event log. */
@Injectable()
export class KeepAuditOnEvents {
  constructor(private readonly audit: AuditService) {}

  @Subscribe('all', { id: 'analytics.keep-audit', from: 'start', partition: 'workspace' })
  keep(event: RecordedEvent): Promise<void> {
    return this.audit.keep(event);
  }
}
