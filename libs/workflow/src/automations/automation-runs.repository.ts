import { Injectable } from '@nestjs/common';
import { anyOf, Database, statement, TransactionBatch } from '@parley/kernel/database';
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
  'workflow.list-automations-run-in-change-sets',
  `select r.automation_id as "automationId", r.subject_id as "subjectId", r.root_change_set as "rootChangeSet"
    from unnest($2::uuid[], $3::text[]) as t (subject_id, root_change_set) join workflow.automation_runs r
    on r.automation_id = ${anyOf('$1', 'uuid')} and r.subject_id = t.subject_id and r.root_change_set = t.root_change_set`,
);
const FIND_LAST_RUN_AT = statement(
  'workflow.find-last-automation-run',
  `select max(created_at) as at from workflow.automation_runs
    where automation_id = $1 and subject_id = $2 and outcome <> 'loop_stopped'`,
);
const ADD = statement(
  'workflow.add-automation-runs',
  `insert into workflow.automation_runs (id, workspace_id, automation_id, automation_version, subject_type, subject_id,
    event_id, event_type, root_change_set, outcome, conditions, actions, duration_ms, depth, created_at)
   select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::uuid[], $7::uuid[], $8::text[],
    $9::text[], $10::text[], $11::jsonb[], $12::json[], $13::real[], $14::smallint[], $15::timestamptz[])`,
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

/** A run that is written with the commit. */
interface PendingRun {
  readonly workspaceId: string;
  readonly run: AutomationRunView;
  readonly rootChangeSet: string;
}

/** Rule that ran for a subject and a root change-set. */
export interface RunKey {
  readonly automationId: string;
  readonly subjectId: string;
  readonly rootChangeSet: string;
}

/** Rows of `workflow.automation_runs`. */
@Injectable()
export class AutomationRunsRepository {
  private readonly pending = new TransactionBatch<PendingRun>('workflow.add-automation-runs', (runs) =>
    this.insert(runs),
  );

  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  /**
   * Returns which of these rules already ran for a subject and the root change-set at the same index, without those of
   * the current transaction.
   */
  listRunIn(
    automationIds: readonly string[],
    subjectIds: readonly string[],
    rootChangeSets: readonly string[],
  ): Promise<RunKey[]> {
    const values = [automationIds, subjectIds, rootChangeSets];
    return this.database.rows<RunKey & { [column: string]: unknown }>(LIST_RUN_IN, values);
  }

  /** True if the rule ran for the subject and the root change-set in the current transaction. */
  isPending(automationId: string, subjectId: string, rootChangeSet: string): boolean {
    return this.pending.rows.some(
      ({ run, ...pending }) =>
        run.automationId === automationId && run.subject.id === subjectId && pending.rootChangeSet === rootChangeSet,
    );
  }

  /** Returns the time of the last run of the rule for the subject, or null. */
  async findLastRunAt(automationId: string, subjectId: string): Promise<string | null> {
    const pending = this.pending.rows.findLast(
      ({ run }) => run.automationId === automationId && run.subject.id === subjectId && run.outcome !== 'loop_stopped',
    );
    if (pending) return pending.run.createdAt;
    return (await this.database.row<{ at: string | null }>(FIND_LAST_RUN_AT, [automationId, subjectId]))!.at;
  }

  /** Adds a run. All runs of a transaction are written with its commit. */
  add(workspaceId: string, run: AutomationRunView, rootChangeSet: string): void {
    this.pending.add({ workspaceId, run, rootChangeSet });
  }

  private insert(runs: readonly PendingRun[]): Promise<unknown> {
    return this.database.execute(ADD, [
      runs.map(({ run }) => run.id),
      runs.map(({ workspaceId }) => workspaceId),
      runs.map(({ run }) => run.automationId),
      runs.map(({ run }) => run.automationVersion),
      runs.map(({ run }) => run.subject.type),
      runs.map(({ run }) => run.subject.id),
      runs.map(({ run }) => run.eventId),
      runs.map(({ run }) => run.eventType),
      runs.map(({ rootChangeSet }) => rootChangeSet),
      runs.map(({ run }) => run.outcome),
      runs.map(({ run }) => JSON.stringify(run.conditions)),
      runs.map(({ run }) => JSON.stringify(run.actions)),
      runs.map(({ run }) => run.durationMs),
      runs.map(({ run }) => run.depth),
      runs.map(({ run }) => run.createdAt),
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
