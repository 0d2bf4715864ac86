import { Module } from '@nestjs/common';
import { AuditModule } from './audit/audit.module.js';

@Module({
  imports: [AuditModule],
  exports: [AuditModule],
})
export class AnalyticsModule {}
