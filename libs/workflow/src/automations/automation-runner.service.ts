import { Injectable } from '@nestjs/common';
import { Clock, DEEPEST_CHAIN, EventLogService, Events, newId, runAs, type Changed, type FilterExplanation, type RecordedEvent } from '@parley/kernel';
import { eventNames } from '@parley/messaging';
import { AutomationFailed, AutomationLoopStopped, AutomationRan } from '../workflow.events.js';
import { ActionRunner } from './actions/action-runner.service.js';
import { outcomeOf, type ActionResult, type RunOutcome } from './automation-run.view.js';
import { AutomationRunsRepository } from './automation-runs.repository.js';
import type { AutomationView } from './automation.view.js';
import { AutomationsRepository } from './automations.repository.js';
import { explain, RuleFactsReader, type RuleOccasion } from './rule-facts.service.js';
import type { RuleFacts } from './rule-subject.js';
import { heldBackBy } from './run-policy.js';

/** What events about conversations and messages carry, as far as rules go. */
interface EventData {
  readonly conversation_id?: string;
  readonly message_id?: string | null;
  readonly changed?: Changed;
}

/** Holds rules against what has happened, and runs those that match. */
@Injectable()
export class AutomationRunner {
  constructor(
    private readonly automations: AutomationsRepository,
    private readonly runs: AutomationRunsRepository,
    private readonly reader: RuleFactsReader,
    private readonly actions: ActionRunner,
    private readonly log: EventLogService,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** Runs the rules that wait for this event and match, in their order; in the unit of work of the delivery. */
  async handle(event: RecordedEvent<EventData>): Promise<void> {
    const { workspaceId } = event;
    const names = eventNames(event.type, event.data);
    const rules = (await this.automations.listEnabled(workspaceId)).filter((rule) => rule.events.some((name) => names.includes(name)));
    if (rules.length === 0) return;
    const causers = new Set((await this.log.actorsOfChain(event)).filter(({ kind }) => kind === 'automation').map(({ id }) => id));
    const occasion = occasionOf(event);
    for (const rule of rules) {
      if (causers.has(rule.id)) continue;
      // Read anew for each rule: it sees what those before it have done.
      const facts = await this.reader.read(workspaceId, occasion);
      if (!facts) return;
      const matched = await this.weigh(rule, facts, event);
      if (matched && rule.stopAfterMatch) return;
    }
  }

  private async weigh(rule: AutomationView, facts: RuleFacts, event: RecordedEvent): Promise<boolean> {
    const explained = explain(rule.filter, facts);
    if (!explained.held) return false;
    const { conversation } = facts;
    if (await this.runs.ranIn(rule.id, conversation.id, event.changeSet)) return true;
    if (rule.runPolicy !== 'always') {
      const last = await this.runs.lastAt(rule.id, conversation.id);
      if (heldBackBy(rule, last, conversation.statusChangedAt, facts.now)) return false;
    }
    const started = performance.now();
    const tooDeep = event.depth >= DEEPEST_CHAIN;
    const target = { workspaceId: event.workspaceId, conversationId: conversation.id, authorName: rule.name, facts };
    const results = tooDeep ? [] : await runAs({ kind: 'automation', id: rule.id }, () => this.actions.runAll(target, rule.actions, rule.stopOnError));
    await this.record(rule, conversation.id, explained, results, event, tooDeep ? 'loop_stopped' : outcomeOf(results), performance.now() - started);
    return true;
  }

  private async record(
    rule: AutomationView, conversationId: string, explained: FilterExplanation, results: readonly ActionResult[], event: RecordedEvent, outcome: RunOutcome, durationMs: number,
  ): Promise<void> {
    const id = newId();
    await this.runs.add(event.workspaceId, {
      id, automationId: rule.id, automationVersion: rule.version, conversationId, eventId: event.id, eventType: event.type, outcome, conditions: explained.conditions,
      actions: results, durationMs: Math.round(durationMs * 100) / 100, depth: event.depth, createdAt: this.clock.now().toISOString(),
    }, event.changeSet);
    const Told = outcome === 'loop_stopped' ? AutomationLoopStopped : outcome === 'failed' ? AutomationFailed : AutomationRan;
    runAs({ kind: 'automation', id: rule.id }, () => this.events.append(new Told(rule.id, { conversation_id: conversationId, run_id: id, outcome })));
  }
}

function occasionOf({ type, subjectId, actor, data }: RecordedEvent<EventData>): RuleOccasion {
  const aboutMessage = data.conversation_id !== undefined;
  return {
    conversationId: data.conversation_id ?? subjectId,
    messageId: aboutMessage ? subjectId : (data.message_id ?? null),
    event: { type, actor, changed: data.changed ?? {} },
  };
}
