import { Injectable } from '@nestjs/common';
import { createBinder, Database, escapeLike, statement, shortRead } from '@parley/kernel/database';
import type { FilterNode } from '@parley/kernel/filter';
import { ListReader, timeConditions, type Page, type PageRequest, type TimeRange } from '@parley/kernel/pagination';
import type { Action, AutomationView, RunPolicy } from './automation.view.js';

interface AutomationRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly enabled: boolean;
  readonly enabled_at: string;
  readonly place: number;
  readonly events: string[];
  readonly filter: FilterNode;
  readonly actions: Action[];
  readonly run_policy: RunPolicy;
  readonly cooldown_seconds: number | null;
  readonly stop_after_match: boolean;
  readonly stop_on_error: boolean;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Stored fields of a rule. */
export type SaveAutomationInput = Omit<AutomationView, 'version' | 'createdAt' | 'updatedAt'>;

const COLUMNS = `a.id, a.name, a.description, a.enabled, a.enabled_at, a.place, a.events, a.filter, a.actions,
    a.run_policy, a.cooldown_seconds, a.stop_after_match, a.stop_on_error, a.version, a.created_at, a.updated_at`;

const FIND = statement(
  'workflow.find-automation',
  `select ${COLUMNS} from workflow.automations a where a.workspace_id = $1 and a.id = $2`,
);
const LOCK = statement(
  'workflow.lock-automation',
  `select ${COLUMNS} from workflow.automations a where a.workspace_id = $1 and a.id = $2 for update`,
);
const LIST_ENABLED = shortRead(
  'workflow.list-enabled-automations',
  `select ${COLUMNS} from workflow.automations a where a.workspace_id = $1 and a.enabled order by a.place, a.id`,
);
const LIST_ALL = statement(
  'workflow.list-all-automations',
  `select ${COLUMNS} from workflow.automations a where a.workspace_id = $1 order by a.name, a.id`,
);
const COUNT = statement(
  'workflow.count-automations',
  'select count(*) as total, coalesce(max(place), 0) as last from workflow.automations where workspace_id = $1',
);
const ADD = statement(
  'workflow.add-automation',
  `insert into workflow.automations as a (id, workspace_id, name, description, enabled, place, events, filter,
    actions, run_policy, cooldown_seconds, stop_after_match, stop_on_error, enabled_at, created_at, updated_at)
   values ($2, $1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15) returning ${COLUMNS}`,
);
const UPDATE = statement(
  'workflow.update-automation',
  `update workflow.automations a set name = $3, description = $4, enabled = $5, place = $6, events = $7, filter = $8,
    actions = $9, run_policy = $10, cooldown_seconds = $11,
     stop_after_match = $12, stop_on_error = $13, enabled_at = $14, version = version + 1, updated_at = now()
   where a.workspace_id = $1 and a.id = $2 returning ${COLUMNS}`,
);
const DELETE = statement(
  'workflow.delete-automation',
  'delete from workflow.automations where workspace_id = $1 and id = $2 returning name',
);

function toView(row: AutomationRow): AutomationView {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    enabled: row.enabled,
    enabledAt: row.enabled_at,
    position: row.place,
    events: row.events,
    filter: row.filter,
    actions: row.actions,
    runPolicy: row.run_policy,
    cooldownSeconds: row.cooldown_seconds,
    stopAfterMatch: row.stop_after_match,
    stopOnError: row.stop_on_error,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function toColumns(workspaceId: string, rule: SaveAutomationInput): unknown[] {
  return [
    workspaceId,
    rule.id,
    rule.name,
    rule.description,
    rule.enabled,
    rule.position,
    rule.events,
    JSON.stringify(rule.filter),
    JSON.stringify(rule.actions),
    rule.runPolicy,
    rule.cooldownSeconds,
    rule.stopAfterMatch,
    rule.stopOnError,
    rule.enabledAt,
  ];
}

/** Filter of the list of rules. */
export interface AutomationsFilter extends TimeRange {
  readonly enabled?: boolean;
  readonly q?: string;
}

/** Rows of `workflow.automations`. */
@Injectable()
export class AutomationsRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  async find(workspaceId: string, id: string): Promise<AutomationView | null> {
    const row = await this.database.row<AutomationRow>(FIND, [workspaceId, id]);
    return row && toView(row);
  }

  async lock(workspaceId: string, id: string): Promise<AutomationView | null> {
    const row = await this.database.row<AutomationRow>(LOCK, [workspaceId, id]);
    return row && toView(row);
  }

  /** Returns the enabled rules in the order in which they run. */
  async listEnabled(workspaceId: string): Promise<AutomationView[]> {
    return (await this.database.rows<AutomationRow>(LIST_ENABLED, [workspaceId])).map(toView);
  }

  /** Returns all rules, sorted by name. */
  async listAll(workspaceId: string): Promise<AutomationView[]> {
    return (await this.database.rows<AutomationRow>(LIST_ALL, [workspaceId])).map(toView);
  }

  /** Returns the number of rules and the highest position. */
  async count(workspaceId: string): Promise<{ total: number; last: number }> {
    return (await this.database.row<{ total: number; last: number }>(COUNT, [workspaceId]))!;
  }

  async add(workspaceId: string, rule: SaveAutomationInput, createdAt: string): Promise<AutomationView> {
    return toView((await this.database.row<AutomationRow>(ADD, [...toColumns(workspaceId, rule), createdAt]))!);
  }

  async update(workspaceId: string, rule: SaveAutomationInput): Promise<AutomationView> {
    return toView((await this.database.row<AutomationRow>(UPDATE, toColumns(workspaceId, rule)))!);
  }

  /** Returns the name of the deleted rule; null if it does not exist. */
  async delete(workspaceId: string, id: string): Promise<string | null> {
    return (await this.database.row<Pick<AutomationRow, 'name'>>(DELETE, [workspaceId, id]))?.name ?? null;
  }

  list(workspaceId: string, filter: AutomationsFilter, request: PageRequest): Promise<Page<AutomationView>> {
    const parameters: unknown[] = [workspaceId];
    const bind = createBinder(parameters);
    const where = ['a.workspace_id = $1', ...timeConditions(filter, 'a', bind)];
    if (filter.enabled !== undefined) where.push(`a.enabled = ${bind(filter.enabled)}`);
    if (filter.q) where.push(`a.name ilike ${bind(`%${escapeLike(filter.q)}%`)}`);
    return this.lists.read<AutomationRow, AutomationView>(
      {
        domain: 'workflow.list-automations',
        select: COLUMNS,
        from: 'workflow.automations a',
        where,
        values: parameters,
        request,
        order: [
          { sql: 'a.place', type: 'int' },
          { sql: 'a.id', type: 'uuid' },
        ],
      },
      toView,
    );
  }
}
