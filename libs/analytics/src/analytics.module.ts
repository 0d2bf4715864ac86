import { Module } from '@nestjs/common';
import { IdentityModule } from '@parley/identity';
import { AuditEntriesRepository } from './audit/audit-entries.repository.js';
import { AuditController } from './audit/audit.controller.js';
import { AuditService } from './audit/audit.service.js';
import { AuditTraces } from './audit/audit-traces.service.js';
import { KeepAuditOnEvents } from './audit/keep-audit-on-events.subscriber.js';

/** What the event log tells, made ready to be asked. */
@Module({
  imports: [IdentityModule],
  controllers: [AuditController],
  providers: [AuditEntriesRepository, AuditService, AuditTraces, KeepAuditOnEvents],
  exports: [AuditService],
})
export class AnalyticsModule {}
