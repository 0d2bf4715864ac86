import { Injectable } from '@nestjs/common';
import {
  Clock,
  DEEPEST_CHAIN,
  EventLogService,
  Events,
  newId,
  runAs,
  type Changed,
  type FilterExplanation,
  type RecordedEvent,
} from '@parley/kernel';
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

/** A rule that matched, and what set it off. */
interface Occurrence {
  readonly rule: AutomationView;
  readonly conversationId: string;
  readonly event: RecordedEvent;
  /** The change-set that everything goes back to. */
  readonly root: string;
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
    const rules = (await this.automations.listEnabled(workspaceId)).filter((rule) =>
      rule.events.some((name) => names.includes(name)),
    );
    if (rules.length === 0) return;
    const root = await this.log.rootChangeSet(event);
    const occasion = occasionOf(event);
    for (const rule of rules) {
      // Once for everything that one request sets off: rules can neither feed themselves nor multiply one another.
      if (await this.runs.ranIn(rule.id, occasion.conversationId, root)) continue;
      // Read anew for each rule: it sees what those before it have done.
      const facts = await this.reader.read(workspaceId, occasion);
      if (!facts) return;
      const matched = await this.weigh(rule, facts, event, root);
      if (matched && rule.stopAfterMatch) return;
    }
  }

  private async weigh(rule: AutomationView, facts: RuleFacts, event: RecordedEvent, root: string): Promise<boolean> {
    const explained = explain(rule.filter, facts);
    if (!explained.held) return false;
    const { conversation } = facts;
    if (rule.runPolicy !== 'always') {
      const last = await this.runs.lastAt(rule.id, conversation.id);
      if (heldBackBy(rule, last, conversation.statusChangedAt, facts.now)) return false;
    }
    const started = performance.now();
    const tooDeep = event.depth >= DEEPEST_CHAIN;
    const target = { workspaceId: event.workspaceId, conversationId: conversation.id, authorName: rule.name, facts };
    const results = tooDeep
      ? []
      : await runAs({ kind: 'automation', id: rule.id }, () =>
          this.actions.runAll(target, rule.actions, rule.stopOnError),
        );
    await this.record(
      { rule, conversationId: conversation.id, event, root },
      explained,
      results,
      tooDeep ? 'loop_stopped' : outcomeOf(results),
      performance.now() - started,
    );
    return true;
  }

  private async record(
    { rule, conversationId, event, root }: Occurrence,
    explained: FilterExplanation,
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
        conditions: explained.conditions,
        actions: results,
        durationMs: Math.round(durationMs * 100) / 100,
        depth: event.depth,
        createdAt: this.clock.now().toISOString(),
      },
      root,
    );
    const Told =
      outcome === 'loop_stopped' ? AutomationLoopStopped : outcome === 'failed' ? AutomationFailed : AutomationRan;
    runAs({ kind: 'automation', id: rule.id }, () =>
      this.events.append(new Told(rule.id, { conversation_id: conversationId, run_id: id, outcome })),
    );
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
