import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '@parley/identity';
import { AuditEntriesRepository } from './audit/audit-entries.repository.js';
import { AuditEntryEntity } from './audit/audit-entry.entity.js';
import { AuditController } from './audit/audit.controller.js';
import { AuditService } from './audit/audit.service.js';
import { AuditEntryEraser } from './audit/audit-entry-eraser.service.js';
import { RecordAuditEntriesOnEventsSubscriber } from './audit/record-audit-entries-on-events.subscriber.js';

@Module({
  imports: [TypeOrmModule.forFeature([AuditEntryEntity]), IdentityModule],
  controllers: [AuditController],
  providers: [AuditEntriesRepository, AuditService, AuditEntryEraser, RecordAuditEntriesOnEventsSubscriber],
  exports: [AuditService],
})
export class AnalyticsModule {}
