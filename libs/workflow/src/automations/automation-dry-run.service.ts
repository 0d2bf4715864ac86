import { Injectable } from '@nestjs/common';
import { currentActor, invalidInputError, notFoundError, runAs, sentence, unprocessableError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import type { ConditionExplanation } from '@parley/kernel/filter';
import { MessagesService } from '@parley/messaging';
import { ActionRunner } from './actions/action-runner.service.js';
import type { ActionResult } from './automation-run.view.js';
import { AutomationRunsRepository } from './automation-runs.repository.js';
import type { Rule } from './automation.view.js';
import { chooseEvent, eventSkipReason } from './dry-run-event.js';
import { applyChanges, parseChanges } from './imagined-changes.js';
import { explainRule, parseRule } from './rule-compiler.js';
import { runPolicySkipReason } from './run-policy.js';
import { RuleSubjectRegistry } from './subjects/rule-subject-registry.service.js';
import type { RuleContext, RuleSubject } from './subjects/rule-subject.js';

/** Result of a dry run. */
export interface DryRunResult {
  readonly matched: boolean;
  /** True if the rule would run. A rule can match and still be skipped. */
  readonly wouldRun: boolean;
  readonly skipReason: string | null;
  readonly conditions: readonly ConditionExplanation[];
  /** Result of each action; empty if the rule would not run. */
  readonly actions: readonly ActionResult[];
}

/** Target of a dry run. */
export interface DryRunInput {
  readonly conversationId: string;
  /** Default: the newest comment or reply. */
  readonly messageId?: string;
  /** Default: the first event of the rule that fits the changes. */
  readonly event?: string;
  /** Imagined changes of the event: values before and after by field. Default: none. */
  readonly changes?: Readonly<Record<string, unknown>>;
}

/** Carries the action results out of the transaction that is rolled back. */
class RollbackDryRun extends Error {
  constructor(readonly actions: readonly ActionResult[]) {
    super('Dry run rolled back');
  }
}

/** Runs rules in a transaction that is rolled back. */
@Injectable()
export class AutomationDryRunService {
  constructor(
    private readonly subjects: RuleSubjectRegistry,
    private readonly runs: AutomationRunsRepository,
    private readonly actions: ActionRunner,
    private readonly messages: MessagesService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Runs a rule on the current state of a conversation and rolls back all changes.
   * @param automationId id of a saved rule, whose earlier runs then count for the run policy.
   * @throws DomainError NOT_FOUND when the conversation does not exist, UNPROCESSABLE when the message is not in it,
   * BAD_REQUEST when the event or the changes are not valid.
   */
  async run(workspaceId: string, rule: Rule, automationId: string | null, input: DryRunInput): Promise<DryRunResult> {
    const subject = this.subjects.findByEventType(rule.events[0]!) ?? this.subjects.default;
    const context = await this.loadContext(workspaceId, subject, rule, input);
    const { matched, conditions } = explainRule(parseRule(rule, subject), rule, subject, context);
    const eventReason = eventSkipReason(rule, subject, context.event);
    if (!matched || eventReason) return { matched, wouldRun: false, skipReason: eventReason, conditions, actions: [] };
    const lastRunAt = automationId === null ? null : await this.runs.findLastRunAt(automationId, context.subject.id);
    const reason = runPolicySkipReason(rule, lastRunAt, context.statusChangedAt, context.now);
    if (reason) return { matched: true, wouldRun: false, skipReason: reason, conditions, actions: [] };
    return {
      matched: true,
      wouldRun: true,
      skipReason: null,
      conditions,
      actions: await this.runActionsInSavepoint(workspaceId, rule, automationId, context),
    };
  }

  private async loadContext(
    workspaceId: string,
    subject: RuleSubject,
    rule: Rule,
    { conversationId, messageId, event, changes = {} }: DryRunInput,
  ): Promise<RuleContext> {
    if (event !== undefined && this.subjects.findByEventType(event) !== subject)
      throw invalidInputError(
        'event',
        sentence`${this.subjects.validateEventType(event) ?? 'event is about another type of subject'}`,
      );
    const changed = parseChanges(changes, subject.fields);
    if (
      messageId !== undefined &&
      (await this.messages.find(workspaceId, messageId))?.conversationId !== conversationId
    ) {
      throw unprocessableError('No message with this ID exists in the conversation', { messageId });
    }
    const type = event ?? chooseEvent(rule, subject, changed);
    // Events about changes have no message.
    const triggerMessageId =
      messageId ??
      (subject.changeEventTypes.has(type) ? null : await this.messages.findNewestPublicId(workspaceId, conversationId));
    const triggerEvent = { type, actor: currentActor(), changed };
    const target = { type: 'conversation', id: conversationId };
    const trigger = { subject: target, messageId: triggerMessageId, event: triggerEvent };
    const [context] = await subject.loadMany(workspaceId, [trigger]);
    if (!context) throw notFoundError('Conversation');
    return applyChanges(context, changed);
  }

  private async runActionsInSavepoint(
    workspaceId: string,
    rule: Rule,
    automationId: string | null,
    context: RuleContext,
  ): Promise<readonly ActionResult[]> {
    const { subject, variables } = context;
    const target = { workspaceId, subject, authorName: rule.name, variables };
    try {
      return await this.unitOfWork.runInSavepoint(async () => {
        const actions = await runAs({ kind: 'automation', id: automationId }, () =>
          this.actions.runAll(target, rule.actions, rule.stopOnError),
        );
        throw new RollbackDryRun(actions);
      });
    } catch (error) {
      if (error instanceof RollbackDryRun) return error.actions;
      throw error;
    }
  }
}
