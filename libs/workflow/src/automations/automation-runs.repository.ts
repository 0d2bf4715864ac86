import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';
import type { ConditionExplanation } from '@parley/kernel/filter';
import { ListReader, type Page, type PageRequest } from '@parley/kernel/pagination';
import type { ActionResult, AutomationRunView, RunOutcome } from './automation-run.view.js';

interface RunRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly automation_id: string;
  readonly automation_version: number;
  readonly subject_type: string;
  readonly subject_id: string;
  readonly event_id: string;
  readonly event_type: string;
  readonly outcome: RunOutcome;
  readonly conditions: ConditionExplanation[];
  readonly actions: ActionResult[];
  readonly duration_ms: number;
  readonly depth: number;
  readonly created_at: string;
}

const COLUMNS = `r.id, r.automation_id, r.automation_version, r.subject_type, r.subject_id, r.event_id, r.event_type, r.outcome,
    r.conditions, r.actions, r.duration_ms, r.depth, r.created_at`;

const LIST_RUN_IN = statement(
  'workflow.list-automations-run-in-change-set',
  `select automation_id as id from workflow.automation_runs
    where automation_id = any($1) and subject_id = $2 and root_change_set = $3`,
);
const FIND_LAST_RUN_AT = statement(
  'workflow.find-last-automation-run',
  `select max(created_at) as at from workflow.automation_runs
    where automation_id = $1 and subject_id = $2 and outcome <> 'loop_stopped'`,
);
const ADD = statement(
  'workflow.add-automation-run',
  `insert into workflow.automation_runs (id, workspace_id, automation_id, automation_version, subject_type, subject_id,
    event_id, event_type, root_change_set, outcome, conditions, actions, duration_ms, depth, created_at)
   values ($2, $1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
);
const FIND = statement(
  'workflow.find-automation-run',
  `select ${COLUMNS} from workflow.automation_runs r where r.workspace_id = $1 and r.automation_id = $2 and r.id = $3`,
);
const PRUNE = statement(
  'workflow.prune-automation-runs',
  `delete from workflow.automation_runs where id in (select id from workflow.automation_runs where created_at < $1
    limit 5000)`,
);
const ERASE_DETAILS = statement(
  'workflow.erase-run-details',
  `update workflow.automation_runs r set conditions = '[]', actions = '[]'
    where r.workspace_id = $1 and r.automation_id in (select a.id from workflow.automations a
    where a.workspace_id = $1) and r.subject_type = 'conversation' and r.subject_id = any($2)`,
);

function toView(row: RunRow): AutomationRunView {
  return {
    id: row.id,
    automationId: row.automation_id,
    automationVersion: row.automation_version,
    subject: { type: row.subject_type, id: row.subject_id },
    eventId: row.event_id,
    eventType: row.event_type,
    outcome: row.outcome,
    conditions: row.conditions,
    actions: row.actions,
    durationMs: row.duration_ms,
    depth: row.depth,
    createdAt: row.created_at,
  };
}

/** Rows of `workflow.automation_runs`. */
@Injectable()
export class AutomationRunsRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  /** Returns the IDs of the rules that already ran for this subject and root change-set. */
  async listRunIn(automationIds: readonly string[], subjectId: string, rootChangeSet: string): Promise<Set<string>> {
    const rows = await this.database.rows<{ id: string }>(LIST_RUN_IN, [automationIds, subjectId, rootChangeSet]);
    return new Set(rows.map(({ id }) => id));
  }

  /** Returns the time of the last run of the rule for the subject, or null. */
  async findLastRunAt(automationId: string, subjectId: string): Promise<string | null> {
    return (await this.database.row<{ at: string | null }>(FIND_LAST_RUN_AT, [automationId, subjectId]))!.at;
  }

  async add(workspaceId: string, run: AutomationRunView, rootChangeSet: string): Promise<void> {
    await this.database.execute(ADD, [
      workspaceId,
      run.id,
      run.automationId,
      run.automationVersion,
      run.subject.type,
      run.subject.id,
      run.eventId,
      run.eventType,
      rootChangeSet,
      run.outcome,
      JSON.stringify(run.conditions),
      JSON.stringify(run.actions),
      run.durationMs,
      run.depth,
      run.createdAt,
    ]);
  }

  async find(workspaceId: string, automationId: string, id: string): Promise<AutomationRunView | null> {
    const row = await this.database.row<RunRow>(FIND, [workspaceId, automationId, id]);
    return row && toView(row);
  }

  /** Deletes up to 5000 runs created before the time. Returns their number. */
  prune(before: Date): Promise<number> {
    return this.database.execute(PRUNE, [before]);
  }

  list(
    workspaceId: string,
    automationId: string,
    filter: { subjectId?: string; outcomes?: readonly string[] },
    request: PageRequest,
  ): Promise<Page<AutomationRunView>> {
    const values: unknown[] = [workspaceId, automationId];
    const where = ['r.workspace_id = $1', 'r.automation_id = $2'];
    if (filter.subjectId) where.push(`r.subject_id = $${values.push(filter.subjectId)}`);
    if (filter.outcomes) where.push(`r.outcome = any($${values.push(filter.outcomes)})`);
    return this.lists.read<RunRow, AutomationRunView>(
      {
        domain: 'workflow.list-automation-runs',
        select: COLUMNS,
        from: 'workflow.automation_runs r',
        where,
        values,
        request,
        order: [
          { sql: 'r.created_at', type: 'timestamptz' },
          { sql: 'r.id', type: 'uuid' },
        ],
      },
      toView,
    );
  }

  /** Erases the conditions and actions of runs for these conversations. The runs themselves are kept. */
  async eraseDetails(workspaceId: string, conversationIds: readonly string[]): Promise<void> {
    await this.database.execute(ERASE_DETAILS, [workspaceId, conversationIds]);
  }
}
