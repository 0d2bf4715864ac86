import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '@parley/identity';
import { AuditEntriesRepository } from './audit-entries.repository.js';
import { AuditEntryEraser } from './audit-entry-eraser.service.js';
import { AuditEntryEntity } from './audit-entry.entity.js';
import { AuditController } from './audit.controller.js';
import { AuditService } from './audit.service.js';
import { RecordAuditEntriesOnEventsSubscriber } from './record-audit-entries-on-events.subscriber.js';

@Module({
  imports: [TypeOrmModule.forFeature([AuditEntryEntity]), IdentityModule],
  controllers: [AuditController],
  providers: [AuditEntriesRepository, AuditEntryEraser, AuditService, RecordAuditEntriesOnEventsSubscriber],
  exports: [AuditService],
})
export class AuditModule {}
