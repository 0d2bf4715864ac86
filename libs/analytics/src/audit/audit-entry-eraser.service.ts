import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ContactDataRegistry, EventDataEraser } from '@parley/identity';
import { EventLogService } from '@parley/kernel/events';
import { AuditEntriesRepository } from './audit-entries.repository.js';

/** Redacts the audit entries of contacts. */
@Injectable()
export class AuditEntryEraser extends EventDataEraser implements OnModuleInit {
  constructor(
    log: EventLogService,
    private readonly entries: AuditEntriesRepository,
    private readonly registry: ContactDataRegistry,
  ) {
    super(log);
  }

  onModuleInit(): void {
    this.registry.register('analytics.audit-entries', this);
  }

  protected eraseEvents(workspaceId: string, eventIds: readonly string[]): Promise<void> {
    return this.entries.redact(workspaceId, eventIds);
  }
}
