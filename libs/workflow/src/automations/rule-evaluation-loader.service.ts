import { Injectable } from '@nestjs/common';
import { TransactionCache } from '@parley/kernel/database';
import { EventLogService, type RecordedEvent } from '@parley/kernel/events';
import { AutomationRunsRepository } from './automation-runs.repository.js';
import type { AutomationView } from './automation.view.js';
import { EnabledAutomationsCache } from './enabled-automations-cache.service.js';
import { RuleSubjectRegistry } from './subjects/rule-subject-registry.service.js';
import type { RuleContext, RuleSubject, RuleTrigger } from './subjects/rule-subject.js';

/** Rules to evaluate for an event. */
export interface RuleEvaluation {
  readonly event: RecordedEvent;
  readonly subject: RuleSubject;
  readonly trigger: RuleTrigger;
  /** Change-set at the root of the causation chain. */
  readonly rootChangeSet: string;
  /** The triggered rules that have not run for the subject and the root change-set, in order. */
  readonly rules: readonly AutomationView[];
  /** Data of the subject; null if it does not exist. */
  readonly context: RuleContext | null;
}

type Candidate = Pick<RuleEvaluation, 'event' | 'subject' | 'trigger' | 'rules'>;

/** Loads what the evaluation of rules needs: for several events of a transaction together, so that statements are shared. */
@Injectable()
export class RuleEvaluationLoader {
  private readonly cache = new TransactionCache<RuleEvaluation>('workflow.rule-evaluations');

  constructor(
    private readonly automations: EnabledAutomationsCache,
    private readonly runs: AutomationRunsRepository,
    private readonly subjects: RuleSubjectRegistry,
    private readonly log: EventLogService,
  ) {}

  /** Returns the evaluation of an event, or null if it triggers no rule. Also loads those of the upcoming events. */
  async load(event: RecordedEvent, upcoming: readonly RecordedEvent[]): Promise<RuleEvaluation | null> {
    const loaded = this.cache.get(event.id);
    if (loaded) return loaded;
    const candidate = await this.findCandidate(event);
    if (!candidate) return null;
    const candidates = [candidate, ...(await this.findUpcoming(candidate, upcoming))];
    for (const evaluation of await this.loadAll(event.workspaceId, candidates))
      this.cache.set(evaluation.event.id, evaluation);
    return this.cache.get(event.id)!;
  }

  /** Drops loaded data of a subject that has changed. */
  forget({ type, id }: RuleTrigger['subject']): void {
    this.cache.deleteWhere(({ trigger: { subject } }) => subject.type === type && subject.id === id);
  }

  private async findCandidate(event: RecordedEvent): Promise<Candidate | null> {
    const subject = this.subjects.findByEventType(event.type);
    const rules = subject ? await this.automations.listTriggered(event) : [];
    return subject && rules.length > 0 ? { event, subject, trigger: subject.locate(event), rules } : null;
  }

  private async findUpcoming({ event, subject }: Candidate, upcoming: readonly RecordedEvent[]): Promise<Candidate[]> {
    const candidates: Candidate[] = [];
    for (const next of upcoming) {
      if (next.workspaceId !== event.workspaceId) continue;
      const candidate = await this.findCandidate(next);
      if (candidate?.subject === subject) candidates.push(candidate);
    }
    return candidates;
  }

  private async loadAll(workspaceId: string, candidates: readonly Candidate[]): Promise<RuleEvaluation[]> {
    const { subject } = candidates[0]!;
    const rootChangeSets = await this.log.rootChangeSets(candidates.map(({ event }) => event));
    const ruleIds = [...new Set(candidates.flatMap(({ rules }) => rules.map(({ id }) => id)))];
    const subjectIds = candidates.map(({ trigger }) => trigger.subject.id);
    const [contexts, recorded] = await Promise.all([
      subject.loadMany(
        workspaceId,
        candidates.map(({ trigger }) => trigger),
      ),
      this.runs.listRunIn(ruleIds, subjectIds, rootChangeSets),
    ]);
    return candidates.map(({ rules, ...candidate }, index) => {
      const { id: subjectId } = candidate.trigger.subject;
      const rootChangeSet = rootChangeSets[index]!;
      const hasRun = new Set(
        recorded
          .filter((run) => run.subjectId === subjectId && run.rootChangeSet === rootChangeSet)
          .map(({ automationId }) => automationId),
      );
      return {
        ...candidate,
        rootChangeSet,
        rules: rules.filter(({ id }) => !hasRun.has(id)),
        context: contexts[index] ?? null,
      };
    });
  }
}
