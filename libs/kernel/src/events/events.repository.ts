import { Injectable } from '@nestjs/common';
import type { Actor } from '../context/request-context.js';
import { createBinder } from '../database/bind.js';
import { Database } from '../database/database.js';
import { anyOf, composedStatement, statement } from '../database/statement.js';
import type { RecordedEvent } from './domain-event.js';
import { matchesEventTypeSql } from './event-type-matching.js';

/** An event to insert. */
export type NewEventRow = Omit<RecordedEvent, 'position' | 'changeSet'>;

/** Columns of {@link RecordedEvent}. */
export const EVENT_COLUMNS = `position, id, workspace_id as "workspaceId", type,
  coalesce(aliases, '{}') as aliases, subject_type as "subjectType", subject_id as "subjectId", actor, data,
  correlation_id as "correlationId", causation_id as "causationId", depth, change_set::text as "changeSet",
  occurred_at as "occurredAt"`;

const APPEND_ONE = statement(
  'kernel.append-event',
  `insert into kernel.events (id, workspace_id, type, subject_type, subject_id, actor, data, correlation_id,
     causation_id, depth, occurred_at, aliases)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::text[])`,
);

const APPEND_MANY = statement(
  'kernel.append-events',
  `insert into kernel.events (id, workspace_id, type, subject_type, subject_id, actor, data, correlation_id,
     causation_id, depth, occurred_at, aliases)
   select e.id, e.workspace_id, e.type, e.subject_type, e.subject_id, e.actor, e.data, e.correlation_id, e.causation_id,
     e.depth, e.occurred_at, string_to_array(e.aliases, ',')
   from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::jsonb[], $7::jsonb[], $8::text[],
     $9::uuid[], $10::smallint[], $11::timestamptz[], $12::text[])
     as e (id, workspace_id, type, subject_type, subject_id, actor, data, correlation_id, causation_id, depth,
       occurred_at, aliases)`,
);

const HORIZON = statement('kernel.event-horizon', `select kernel.event_horizon() as horizon`);

const HORIZON_STATUS = statement(
  'kernel.event-horizon-status',
  `select h.horizon, h.horizon < (select last_value from kernel.event_positions where is_called) as "isBlocked"
   from (select kernel.event_horizon() as horizon) h`,
);

const READ_TYPES = statement(
  'kernel.read-events-of-types',
  `select ${EVENT_COLUMNS} from kernel.events where position > $1 and position <= $2 and type = any($3)
   order by position limit $4`,
);

const READ_ALL = statement(
  'kernel.read-events',
  `select ${EVENT_COLUMNS} from kernel.events where position > $1 and position <= $2
   order by position limit $3`,
);

const FIND_BY_ID = statement(
  'kernel.find-event',
  `select ${EVENT_COLUMNS} from kernel.events where workspace_id = $1 and id = $2`,
);

const LIST_ROOT_CHANGE_SETS = statement(
  'kernel.list-event-roots',
  `with recursive chain as (
     select id, causation_id, change_set from kernel.events where workspace_id = $1 and id = any($2)
     union all select chain.id, e.causation_id, e.change_set from kernel.events e
       join chain on e.id = chain.causation_id
   ) select id, change_set::text as "changeSet" from chain where causation_id is null`,
);

const FIND_AT_POSITION = statement('kernel.event-at', `select ${EVENT_COLUMNS} from kernel.events where position = $1`);

const LIST_AT = statement(
  'kernel.list-events-at',
  `select ${EVENT_COLUMNS} from kernel.events where workspace_id = $1 and position = ${anyOf('$2', 'bigint')}`,
);

/** Filters of {@link EventsRepository.listByWorkspace}. */
export interface EventListFilter {
  /** Event types, and wildcards such as `conversation.*`. Aliases of events match too. */
  readonly types: readonly string[] | null;
  readonly subjectId: string | null;
  readonly correlationId: string | null;
  /** True to leave out events of sign-ins and other security events. */
  readonly excludesSecurity?: boolean;
}

/** Reads and appends to the event log. */
@Injectable()
export class EventsRepository {
  constructor(private readonly database: Database) {}

  async append(rows: readonly NewEventRow[]): Promise<void> {
    const [first] = rows;
    if (first === undefined) return;
    if (rows.length === 1) {
      await this.database.execute(APPEND_ONE, [...toCells(first), aliasesOf(first)]);
      return;
    }
    // Postgres does not support arrays of arrays with different lengths, so the aliases are passed as one text.
    const table = rows.map((row) => [...toCells(row), aliasesOf(row)?.join() ?? null]);
    await this.database.execute(
      APPEND_MANY,
      table[0]!.map((_, column) => table.map((row) => row[column])),
    );
  }

  /** The highest position up to which the log is complete: no transaction can still add a row at or below it. */
  async horizon(): Promise<number> {
    return (await this.database.row<{ horizon: number }>(HORIZON))!.horizon;
  }

  /** The horizon, and true if later events exist that are not readable yet because of open transactions. */
  async horizonStatus(): Promise<{ horizon: number; isBlocked: boolean }> {
    const { horizon, isBlocked } = (await this.database.row<{ horizon: number; isBlocked: boolean | null }>(
      HORIZON_STATUS,
    ))!;
    return { horizon, isBlocked: isBlocked ?? false };
  }

  /** Events in (after, upTo], oldest first, of the given types or of all if null. */
  listBetween(after: number, upTo: number, types: readonly string[] | null, limit: number): Promise<RecordedEvent[]> {
    return types === null
      ? this.database.rows<RecordedEvent & Record<string, unknown>>(READ_ALL, [after, upTo, limit])
      : this.database.rows<RecordedEvent & Record<string, unknown>>(READ_TYPES, [after, upTo, types, limit]);
  }

  findById(workspaceId: string, id: string): Promise<RecordedEvent | null> {
    return this.database.row<RecordedEvent & Record<string, unknown>>(FIND_BY_ID, [workspaceId, id]);
  }

  /** The change sets of the requests, timers or jobs that led to events, through all events in between, by event ID. */
  async listRootChangeSets(workspaceId: string, ids: readonly string[]): Promise<Map<string, string>> {
    const values = [workspaceId, ids];
    const rows = await this.database.rows<{ id: string; changeSet: string }>(LIST_ROOT_CHANGE_SETS, values);
    return new Map(rows.map(({ id, changeSet }) => [id, changeSet]));
  }

  findByPosition(position: number): Promise<RecordedEvent | null> {
    return this.database.row<RecordedEvent & Record<string, unknown>>(FIND_AT_POSITION, [position]);
  }

  listAt(workspaceId: string, positions: readonly number[]): Promise<RecordedEvent[]> {
    return this.database.rows<RecordedEvent & Record<string, unknown>>(LIST_AT, [workspaceId, positions]);
  }

  /** Events of one workspace after a position, oldest first unless `newestFirst` is true. */
  listByWorkspace(
    workspaceId: string,
    after: number,
    upTo: number,
    filter: EventListFilter,
    limit: number,
    newestFirst = false,
  ): Promise<RecordedEvent[]> {
    const values: unknown[] = [workspaceId, after, upTo, limit];
    let where = 'workspace_id = $1 and position > $2 and position <= $3';
    if (filter.types) where += ` and ${matchesEventTypeSql(filter.types, createBinder(values))}`;
    if (filter.subjectId) where += ` and subject_id = $${values.push(filter.subjectId)}`;
    if (filter.correlationId) where += ` and correlation_id = $${values.push(filter.correlationId)}`;
    if (filter.excludesSecurity) where += ` and split_part(type, '.', 1) <> 'security'`;
    const sql = `select ${EVENT_COLUMNS} from kernel.events where ${where} order by position ${newestFirst ? 'desc' : 'asc'}
      limit $4`;
    return this.database.rows<RecordedEvent & Record<string, unknown>>(composedStatement('kernel', sql), values);
  }
}

function aliasesOf({ aliases }: NewEventRow): readonly string[] | null {
  return aliases.length > 0 ? aliases : null;
}

function toCells(row: NewEventRow): unknown[] {
  const actor: Actor = row.actor;
  return [
    row.id,
    row.workspaceId,
    row.type,
    row.subjectType,
    row.subjectId,
    JSON.stringify(actor),
    JSON.stringify(row.data),
    row.correlationId,
    row.causationId,
    row.depth,
    row.occurredAt,
  ];
}
