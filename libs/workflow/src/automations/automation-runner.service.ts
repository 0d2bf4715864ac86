import { Injectable } from '@nestjs/common';
import { Clock, newId, runAs } from '@parley/kernel';
import { EventLogService, Events, MAX_CAUSATION_DEPTH, type RecordedEvent } from '@parley/kernel/events';
import type { FilterExplanation } from '@parley/kernel/filter';
import { AutomationFailed, AutomationLoopStopped, AutomationRan } from '../workflow.events.js';
import { ActionRunner } from './actions/action-runner.service.js';
import { computeRunOutcome, type ActionResult, type RunOutcome } from './automation-run.view.js';
import { AutomationRunsRepository } from './automation-runs.repository.js';
import type { AutomationView } from './automation.view.js';
import { EnabledAutomationsCache } from './enabled-automations-cache.service.js';
import { compileRule, explainRule } from './rule-compiler.js';
import { runPolicySkipReason } from './run-policy.js';
import { RuleSubjectRegistry } from './subjects/rule-subject-registry.service.js';
import type { RuleContext, RuleSubject } from './subjects/rule-subject.js';

/** What the evaluation of one event shares between rules. */
interface Evaluation {
  readonly event: RecordedEvent;
  readonly subject: RuleSubject;
  /** Change-set at the root of the causation chain. */
  readonly rootChangeSet: string;
}

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
    private readonly automations: EnabledAutomationsCache,
    private readonly runs: AutomationRunsRepository,
    private readonly subjects: RuleSubjectRegistry,
    private readonly actions: ActionRunner,
    private readonly log: EventLogService,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** Runs the matching rules of this event in order, in the unit of work of the delivery. */
  async handle(event: RecordedEvent): Promise<void> {
    const { workspaceId } = event;
    const subject = this.subjects.findByEventType(event.type);
    if (!subject) return;
    const rules = await this.automations.listTriggered(event);
    if (rules.length === 0) return;
    const trigger = subject.locate(event);
    const rootChangeSet = await this.log.rootChangeSet(event);
    const ruleIds = rules.map(({ id }) => id);
    // A rule runs once per subject and root change-set, so that rules cannot loop or multiply.
    const alreadyRun = await this.runs.listRunIn(ruleIds, trigger.subject.id, rootChangeSet);
    let context: RuleContext | null = null;
    for (const rule of rules) {
      if (alreadyRun.has(rule.id)) continue;
      context ??= await subject.load(workspaceId, trigger);
      if (!context) return;
      const { matched, changed } = await this.evaluateAndRun(rule, context, { event, subject, rootChangeSet });
      if (matched && rule.stopAfterMatch) return;
      if (changed) context = null;
    }
  }

  private async evaluateAndRun(rule: AutomationView, context: RuleContext, evaluation: Evaluation): Promise<Evaluated> {
    const { event, subject } = evaluation;
    const explanation = explainRule(compileRule(rule, subject), subject, context);
    if (!explanation.matched) return NOT_MATCHED;
    if (rule.runPolicy !== 'always') {
      const lastRunAt = await this.runs.findLastRunAt(rule.id, context.subject.id);
      if (runPolicySkipReason(rule, lastRunAt, context.statusChangedAt, context.now)) return NOT_MATCHED;
    }
    const startedAt = performance.now();
    const isTooDeep = event.depth >= MAX_CAUSATION_DEPTH;
    const results = isTooDeep ? [] : await this.runActions(rule, context, event.workspaceId);
    const outcome = isTooDeep ? 'loop_stopped' : computeRunOutcome(results);
    await this.record(rule, context, evaluation, explanation, results, outcome, performance.now() - startedAt);
    return { matched: true, changed: results.some((result) => result.outcome === 'done') };
  }

  private runActions(rule: AutomationView, context: RuleContext, workspaceId: string): Promise<ActionResult[]> {
    const { subject, variables } = context;
    return runAs({ kind: 'automation', id: rule.id }, () =>
      this.actions.runAll({ workspaceId, subject, authorName: rule.name, variables }, rule.actions, rule.stopOnError),
    );
  }

  private async record(
    rule: AutomationView,
    { subject }: RuleContext,
    { event, rootChangeSet }: Evaluation,
    { conditions }: FilterExplanation,
    actions: readonly ActionResult[],
    outcome: RunOutcome,
    durationMs: number,
  ): Promise<void> {
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
    await this.runs.add(event.workspaceId, run, rootChangeSet);
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
