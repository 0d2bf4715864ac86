import { Module } from '@nestjs/common';
import { AuditEntriesRepository } from './audit/audit-entries.repository.js';
import { AuditController } from './audit/audit.controller.js';
import { AuditService } from './audit/audit.service.js';
import { KeepAuditOnEvents } from './audit/keep-audit-on-events.subscriber.js';

/** What the event log tells, made ready to be asked. */
@Module({
  controllers: [AuditController],
  providers: [AuditEntriesRepository, AuditService, KeepAuditOnEvents],
  exports: [AuditService],
})
export class AnalyticsModule {}
