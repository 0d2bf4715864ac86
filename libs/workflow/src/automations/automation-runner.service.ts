import { Injectable } from '@nestjs/common';
import { Clock, newId, runAs } from '@parley/kernel';
import { Events, MAX_CAUSATION_DEPTH, type RecordedEvent } from '@parley/kernel/events';
import type { FilterExplanation } from '@parley/kernel/filter';
import { AutomationFailed, AutomationLoopStopped, AutomationRan } from '../workflow.events.js';
import { ActionRunner } from './actions/action-runner.service.js';
import { computeRunOutcome, type ActionResult, type RunOutcome } from './automation-run.view.js';
import { AutomationRunsRepository } from './automation-runs.repository.js';
import type { AutomationView } from './automation.view.js';
import { compileRule, explainRule } from './rule-compiler.js';
import { RuleEvaluationLoader, type RuleEvaluation } from './rule-evaluation-loader.service.js';
import { runPolicySkipReason } from './run-policy.js';
import type { RuleContext } from './subjects/rule-subject.js';

/** Outcome of one rule. */
interface Evaluated {
  readonly matched: boolean;
  /** Whether its actions changed anything, so that later rules need fresh data. */
  readonly changed: boolean;
}

const NOT_MATCHED: Evaluated = { matched: false, changed: false };

/** Evaluates rules against events and runs those that match. */
@Injectable()
export class AutomationRunner {
  constructor(
    private readonly loader: RuleEvaluationLoader,
    private readonly runs: AutomationRunsRepository,
    private readonly actions: ActionRunner,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs the matching rules of an event in order, in the unit of work of the delivery.
   * @param upcoming following events, whose data is loaded with that of the event.
   */
  async handle(event: RecordedEvent, upcoming: readonly RecordedEvent[]): Promise<void> {
    const evaluation = await this.loader.load(event, upcoming);
    if (!evaluation) return;
    const { subject, trigger, rules, rootChangeSet } = evaluation;
    let { context } = evaluation;
    for (const rule of rules) {
      // A rule runs once per subject and root change-set, so that rules cannot loop or multiply.
      if (this.runs.isPending(rule.id, trigger.subject.id, rootChangeSet)) continue;
      context ??= (await subject.loadMany(event.workspaceId, [trigger]))[0] ?? null;
      if (!context) return;
      const { matched, changed } = await this.evaluateAndRun(rule, context, evaluation);
      if (changed) {
        context = null;
        this.loader.forget(trigger.subject);
      }
      if (matched && rule.stopAfterMatch) return;
    }
  }

  private async evaluateAndRun(
    rule: AutomationView,
    context: RuleContext,
    evaluation: RuleEvaluation,
  ): Promise<Evaluated> {
    const { event, subject } = evaluation;
    const explanation = explainRule(compileRule(rule, subject), rule, subject, context);
    if (!explanation.matched) return NOT_MATCHED;
    if (rule.runPolicy !== 'always') {
      const lastRunAt = await this.runs.findLastRunAt(rule.id, context.subject.id);
      if (runPolicySkipReason(rule, lastRunAt, context.statusChangedAt, context.now)) return NOT_MATCHED;
    }
    const startedAt = performance.now();
    const isTooDeep = event.depth >= MAX_CAUSATION_DEPTH;
    const results = isTooDeep ? [] : await this.runActions(rule, context, event.workspaceId);
    const outcome = isTooDeep ? 'loop_stopped' : computeRunOutcome(results);
    this.record(rule, context, evaluation, explanation, results, outcome, performance.now() - startedAt);
    return { matched: true, changed: results.some((result) => result.outcome === 'done') };
  }

  private runActions(rule: AutomationView, context: RuleContext, workspaceId: string): Promise<ActionResult[]> {
    const { subject, variables } = context;
    return runAs({ kind: 'automation', id: rule.id }, () =>
      this.actions.runAll({ workspaceId, subject, authorName: rule.name, variables }, rule.actions, rule.stopOnError),
    );
  }

  private record(
    rule: AutomationView,
    { subject }: RuleContext,
    { event, rootChangeSet }: RuleEvaluation,
    { conditions }: FilterExplanation,
    actions: readonly ActionResult[],
    outcome: RunOutcome,
    durationMs: number,
  ): void {
    const id = newId();
    const run = {
      id,
      automationId: rule.id,
      automationVersion: rule.version,
      subject,
      eventId: event.id,
      eventType: event.type,
      outcome,
      conditions,
      actions,
      durationMs: Math.round(durationMs * 100) / 100,
      depth: event.depth,
      createdAt: this.clock.now().toISOString(),
    };
    this.runs.add(event.workspaceId, run, rootChangeSet);
    const EventClass =
      outcome === 'loop_stopped' ? AutomationLoopStopped : outcome === 'failed' ? AutomationFailed : AutomationRan;
    const data = {
      subject_type: subject.type,
      subject_id: subject.id,
      ...(subject.type === 'conversation' && { conversation_id: subject.id }),
      run_id: id,
      outcome,
    };
    runAs({ kind: 'automation', id: rule.id }, () => this.events.append(new EventClass(rule.id, data)));
  }
}
