export { AnalyticsModule } from './analytics.module.js';
export type { AuditEntryView, AuditFilter } from './audit/audit-entry.view.js';
export { AuditService } from './audit/audit.service.js';
