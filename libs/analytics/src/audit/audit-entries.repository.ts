import { Injectable } from '@nestjs/common';
import { composedStatement, createBinder, Database, statement } from '@parley/kernel/database';
import { redactedSql } from '@parley/kernel/erasure';
import type { Changed } from '@parley/kernel/events';
import { ListReader, type Page, type PageRequest } from '@parley/kernel/pagination';
import type { NewAuditEntryRow } from './audit-entry.js';
import type { AuditFilter } from './audit-entry.view.js';

/** An entry with the current names of people and things. */
export interface AuditEntryRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly action: string;
  readonly actor_kind: string;
  readonly actor_id: string | null;
  readonly actor_name: string | null;
  readonly subject_type: string;
  readonly subject_id: string;
  readonly subject_name: string | null;
  readonly about_type: string;
  readonly label: string | null;
  readonly target_name: string | null;
  readonly changed: Changed;
  readonly correlation_id: string;
  readonly causation_id: string | null;
  readonly address: string | null;
  readonly occurred_at: string;
}

const COLUMNS = `e.id, e.action, e.actor_kind, e.actor_id, e.subject_type, e.subject_id, e.about_type, e.label,
  e.changed, e.correlation_id, e.causation_id, e.address, e.occurred_at,
  case e.actor_kind when 'user' then (select u.name from teams.user_cards u where u.id = e.actor_id)
    when 'contact' then (select k.name from identity.contact_cards k where k.workspace_id = e.workspace_id
      and k.id = e.actor_id) else e.actor_label end as actor_name,
  case when e.subject_type in ('user', 'security') then (select u.name from teams.user_cards u
    where u.id = e.subject_id)
    when e.subject_type = 'contact' then (select k.name from identity.contact_cards k
      where k.workspace_id = e.workspace_id and k.id = e.subject_id)
    when e.about_type = e.subject_type then e.label end as subject_name,
  case when e.target_id is not null then coalesce(e.target_label, (select u.name from teams.user_cards u
    where u.id = e.target_id)) end as target_name`;

// The name of a thing comes from an earlier entry about it. Only entries with a lower position count, so that a rebuild
// gives the same result. The earlier entry can be one that is added by the same statement. The index on labels has the
// same condition: a rule has as many entries without a label as it has runs.
const IS_LABEL = `b.label is not null and b.about_type = b.subject_type`;
const earlierLabel = (id: string): string =>
  `(select l.label from (
     (select b.label, b.occurred_at, b.id from analytics.audit_entries b where b.workspace_id = $1
       and b.subject_id = ${id} and b.position < n.position and ${IS_LABEL}
       order by b.occurred_at desc, b.id desc limit 1)
     union all select b.label, b.occurred_at, b.id from labels b where b.subject_id = ${id}
       and b.position < n.position
   ) l order by l.occurred_at desc, l.id desc limit 1)`;

// Users and contacts are shown with their current names.
const ADD = statement(
  'analytics.add-audit-entries',
  `with added as (
     select * from unnest($2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::uuid[],
       $9::text[], $10::uuid[], $11::text[], $12::uuid[], $13::jsonb[], $14::text[], $15::uuid[], $16::text[],
       $17::timestamptz[]) as a (id, position, action, actor_kind, actor_id, subject_type, subject_id, about_type,
       about_id, label, target_id, changed, correlation_id, causation_id, address, occurred_at)
   ), labels as materialized (
     select b.subject_id, b.position, b.label, b.occurred_at, b.id from added b where ${IS_LABEL}
   )
   insert into analytics.audit_entries (id, workspace_id, position, action, actor_kind, actor_id, actor_label,
     subject_type, subject_id, about_type, label, target_id, target_label, changed, correlation_id, causation_id,
     address, occurred_at)
   select n.id, $1, n.position, n.action, n.actor_kind, n.actor_id,
     case when n.actor_kind not in ('user', 'contact') then ${earlierLabel('n.actor_id')} end, n.subject_type,
     n.subject_id, n.about_type, coalesce(n.label, ${earlierLabel('n.about_id')}), n.target_id,
     ${earlierLabel('n.target_id')}, n.changed, n.correlation_id, n.causation_id, n.address, n.occurred_at
   from added n order by n.position
   on conflict (id) do nothing`,
);
const FIND = statement(
  'analytics.find-audit-entry',
  `select ${COLUMNS} from analytics.audit_entries e where e.workspace_id = $1 and e.id = $2`,
);

@Injectable()
export class AuditEntriesRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  /** Adds entries of one workspace. Existing ones stay unchanged. */
  async add(entries: readonly NewAuditEntryRow[]): Promise<void> {
    const cells = entries.map((entry) => [
      entry.id,
      entry.position,
      entry.action,
      entry.actor.kind,
      entry.actor.id,
      entry.subjectType,
      entry.subjectId,
      entry.aboutType,
      entry.aboutId,
      entry.label,
      entry.targetId,
      JSON.stringify(entry.changed),
      entry.correlationId,
      entry.causationId,
      entry.address,
      entry.occurredAt,
    ]);
    const columns = cells[0]!.map((_cell, column) => cells.map((row) => row[column]));
    await this.database.execute(ADD, [entries[0]!.workspaceId, ...columns]);
  }

  /** Redacts personal data in the entries of these events, as the event log does. */
  async redact(workspaceId: string, eventIds: readonly string[]): Promise<void> {
    const redact = composedStatement(
      'analytics',
      `update analytics.audit_entries set changed = ${redactedSql('changed', 'subject_type')}
        where workspace_id = $1 and id = any($2)`,
    );
    await this.database.execute(redact, [workspaceId, eventIds]);
  }

  find(workspaceId: string, id: string): Promise<AuditEntryRow | null> {
    return this.database.row<AuditEntryRow>(FIND, [workspaceId, id]);
  }

  list(workspaceId: string, filter: AuditFilter, request: PageRequest): Promise<Page<AuditEntryRow>> {
    const values: unknown[] = [workspaceId];
    const where = ['e.workspace_id = $1', ...conditions(filter, createBinder(values))];
    return this.lists.read<AuditEntryRow, AuditEntryRow>(
      {
        domain: 'analytics.list-audit-entries',
        select: COLUMNS,
        from: 'analytics.audit_entries e',
        where,
        values,
        request,
        order: [
          { sql: 'e.occurred_at', type: 'timestamptz' },
          { sql: 'e.id', type: 'uuid' },
        ],
      },
      (row) => row,
    );
  }
}

function conditions(filter: AuditFilter, bind: (value: unknown) => string): string[] {
  const where: string[] = [];
  // A single value is compared with "=", so that the index returns rows in order.
  const anyOf = (column: string, values: readonly string[]): string =>
    values.length === 1 ? `${column} = ${bind(values[0])}` : `${column} = any(${bind(values)})`;
  if (filter.actorKinds) where.push(anyOf('e.actor_kind', filter.actorKinds));
  if (filter.actorId) where.push(`e.actor_id = ${bind(filter.actorId)}`);
  if (filter.subjectId) where.push(`e.subject_id = ${bind(filter.subjectId)}`);
  if (filter.correlationId) where.push(`e.correlation_id = ${bind(filter.correlationId)}`);
  if (filter.actions) {
    const groups = filter.actions.filter((action) => action.endsWith('.*')).map((action) => action.slice(0, -2));
    const actions = filter.actions.filter((action) => !action.endsWith('.*'));
    const choices = [
      ...(groups.length > 0 ? [anyOf('e.subject_type', groups)] : []),
      ...(actions.length > 0 ? [anyOf('e.action', actions)] : []),
    ];
    where.push(`(${choices.join(' or ') || 'false'})`);
  }
  if (filter.createdAfter) where.push(`e.occurred_at >= ${bind(filter.createdAfter)}`);
  if (filter.createdBefore) where.push(`e.occurred_at < ${bind(filter.createdBefore)}`);
  return where;
}
