import { Injectable } from '@nestjs/common';
import { notFoundError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import type { RecordedEvent } from '@parley/kernel/events';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import { AuditEntriesRepository, type AuditEntryRow } from './audit-entries.repository.js';
import { toAuditEntryRow } from './audit-entry.js';
import type { AuditEntryView, AuditFilter } from './audit-entry.view.js';
import { summarize } from './audit-summary.js';

/** The audit trail. It is written from the event log, with a short delay. */
@Injectable()
export class AuditService {
  constructor(
    private readonly entries: AuditEntriesRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Newest first by default. */
  async list(workspaceId: string, filter: AuditFilter, request: PageRequest): Promise<Page<AuditEntryView>> {
    const page = await this.entries.list(workspaceId, filter, request);
    return { ...page, items: page.items.map(toView) };
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<AuditEntryView> {
    const entry = await this.entries.find(workspaceId, id);
    if (!entry) throw notFoundError('Audit entry');
    return toView(entry);
  }

  /** Records events, in log order. Those that are already recorded are skipped. */
  record(events: readonly RecordedEvent[]): Promise<void> {
    return this.unitOfWork.run(() => this.entries.add(events.map(toAuditEntryRow)));
  }
}

function toView(row: AuditEntryRow): AuditEntryView {
  const aboutName = row.about_type === row.subject_type ? row.subject_name : row.label;
  return {
    id: row.id,
    action: row.action,
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    subject: { type: row.subject_type, id: row.subject_id, name: row.subject_name },
    changed: row.changed,
    correlationId: row.correlation_id,
    causationId: row.causation_id,
    address: row.address,
    occurredAt: row.occurred_at,
    summary: summarize({
      action: row.action,
      actorKind: row.actor_kind,
      actorName: row.actor_name,
      subjectName: row.subject_name,
      aboutType: row.about_type,
      aboutName,
      targetName: row.target_name,
      changed: row.changed,
    }),
  };
}
