import { Injectable } from '@nestjs/common';
import { Clock, newId, runAs } from '@parley/kernel';
import {
  eventTypesOf,
  MAX_CAUSATION_DEPTH,
  EventLogService,
  Events,
  type Changed,
  type RecordedEvent,
} from '@parley/kernel/events';
import type { FilterExplanation } from '@parley/kernel/filter';
import { AutomationFailed, AutomationLoopStopped, AutomationRan } from '../workflow.events.js';
import { ActionRunner } from './actions/action-runner.service.js';
import { computeRunOutcome, type ActionResult, type RunOutcome } from './automation-run.view.js';
import { AutomationRunsRepository } from './automation-runs.repository.js';
import type { AutomationView } from './automation.view.js';
import { AutomationsRepository } from './automations.repository.js';
import { explainRuleFilter, RuleContextLoader, type RuleTrigger } from './rule-context-loader.service.js';
import type { RuleContext } from './rule-subject.js';
import { runPolicySkipReason } from './run-policy.js';

/** Data of conversation and message events that rules use. */
interface RuleEventData {
  readonly conversation_id?: string;
  readonly message_id?: string | null;
  readonly changed?: Changed;
}

/** Matching rule with its trigger. */
interface MatchedRule {
  readonly rule: AutomationView;
  readonly conversationId: string;
  readonly event: RecordedEvent;
  /** Change-set at the root of the causation chain. */
  readonly rootChangeSet: string;
}

/** Evaluates rules against events and runs those that match. */
@Injectable()
export class AutomationRunner {
  constructor(
    private readonly automations: AutomationsRepository,
    private readonly runs: AutomationRunsRepository,
    private readonly contextLoader: RuleContextLoader,
    private readonly actions: ActionRunner,
    private readonly log: EventLogService,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** Runs the matching rules of this event in order, in the unit of work of the delivery. */
  async handle(event: RecordedEvent<RuleEventData>): Promise<void> {
    const { workspaceId } = event;
    const types = eventTypesOf(event);
    const rules = (await this.automations.listEnabled(workspaceId)).filter((rule) =>
      rule.events.some((type) => types.includes(type)),
    );
    if (rules.length === 0) return;
    const rootChangeSet = await this.log.rootChangeSet(event);
    const trigger = toRuleTrigger(event);
    for (const rule of rules) {
      // A rule runs once per conversation and root change-set, so that rules cannot loop or multiply.
      if (await this.runs.hasRunIn(rule.id, trigger.conversationId, rootChangeSet)) continue;
      // Loaded again for each rule, so that it includes the effects of earlier rules.
      const context = await this.contextLoader.load(workspaceId, trigger);
      if (!context) return;
      const isMatch = await this.evaluateAndRun(rule, context, event, rootChangeSet);
      if (isMatch && rule.stopAfterMatch) return;
    }
  }

  private async evaluateAndRun(
    rule: AutomationView,
    context: RuleContext,
    event: RecordedEvent,
    rootChangeSet: string,
  ): Promise<boolean> {
    const explanation = explainRuleFilter(rule.filter, context);
    if (!explanation.matched) return false;
    const { conversation } = context;
    if (rule.runPolicy !== 'always') {
      const lastRunAt = await this.runs.findLastRunAt(rule.id, conversation.id);
      if (runPolicySkipReason(rule, lastRunAt, conversation.statusChangedAt, context.now)) return false;
    }
    const startedAt = performance.now();
    const isTooDeep = event.depth >= MAX_CAUSATION_DEPTH;
    const target = { workspaceId: event.workspaceId, conversationId: conversation.id, authorName: rule.name, context };
    const results = isTooDeep
      ? []
      : await runAs({ kind: 'automation', id: rule.id }, () =>
          this.actions.runAll(target, rule.actions, rule.stopOnError),
        );
    await this.record(
      { rule, conversationId: conversation.id, event, rootChangeSet },
      explanation,
      results,
      isTooDeep ? 'loop_stopped' : computeRunOutcome(results),
      performance.now() - startedAt,
    );
    return true;
  }

  private async record(
    { rule, conversationId, event, rootChangeSet }: MatchedRule,
    explanation: FilterExplanation,
    results: readonly ActionResult[],
    outcome: RunOutcome,
    durationMs: number,
  ): Promise<void> {
    const id = newId();
    await this.runs.add(
      event.workspaceId,
      {
        id,
        automationId: rule.id,
        automationVersion: rule.version,
        conversationId,
        eventId: event.id,
        eventType: event.type,
        outcome,
        conditions: explanation.conditions,
        actions: results,
        durationMs: Math.round(durationMs * 100) / 100,
        depth: event.depth,
        createdAt: this.clock.now().toISOString(),
      },
      rootChangeSet,
    );
    const eventClass =
      outcome === 'loop_stopped' ? AutomationLoopStopped : outcome === 'failed' ? AutomationFailed : AutomationRan;
    runAs({ kind: 'automation', id: rule.id }, () =>
      this.events.append(new eventClass(rule.id, { conversation_id: conversationId, run_id: id, outcome })),
    );
  }
}

function toRuleTrigger({ type, subjectId, actor, data }: RecordedEvent<RuleEventData>): RuleTrigger {
  const isMessageEvent = data.conversation_id !== undefined;
  return {
    conversationId: data.conversation_id ?? subjectId,
    messageId: isMessageEvent ? subjectId : (data.message_id ?? null),
    event: { type, actor, changed: data.changed ?? {} },
  };
}
