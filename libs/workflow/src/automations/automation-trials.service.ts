import { Injectable } from '@nestjs/common';
import { currentActor, notFound, runAs, UnitOfWork, unprocessable, type ConditionExplanation } from '@parley/kernel';
import { MessagesService } from '@parley/messaging';
import { ActionRunner } from './actions/action-runner.service.js';
import type { ActionResult } from './automation-run.view.js';
import { AutomationRunsRepository } from './automation-runs.repository.js';
import type { Rule } from './automation.view.js';
import { explain, RuleFactsReader } from './rule-facts.service.js';
import type { RuleFacts } from './rule-subject.js';
import { heldBackBy } from './run-policy.js';

/** What a trial came to. */
export interface Trial {
  readonly matched: boolean;
  /** Whether it would run; a rule may match and yet be held back. */
  readonly wouldRun: boolean;
  readonly heldBackBy: string | null;
  readonly conditions: readonly ConditionExplanation[];
  /** What each action would do; empty when it would not run. */
  readonly actions: readonly ActionResult[];
}

/** On what to try a rule. */
export interface TrialOccasion {
  readonly conversationId: string;
  /** Default: the newest message that is no note. */
  readonly messageId?: string;
  /** Default: the first that the rule waits for. */
  readonly event?: string;
}

/** Carries what would have happened out of the transaction that is given up. */
class TrialOver extends Error {
  constructor(readonly actions: readonly ActionResult[]) {
    super('The trial is over');
  }
}

/** Tries rules: really runs them, and takes everything back. */
@Injectable()
export class AutomationTrials {
  constructor(
    private readonly reader: RuleFactsReader,
    private readonly runs: AutomationRunsRepository,
    private readonly actions: ActionRunner,
    private readonly messages: MessagesService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * What a rule would do with a conversation as it is now. Nothing is changed.
   * @param automationId of a saved rule, whose run policy then counts what it did before
   * @throws DomainError UNPROCESSABLE when there is no such conversation or message.
   */
  async try(workspaceId: string, rule: Rule, automationId: string | null, occasion: TrialOccasion): Promise<Trial> {
    const facts = await this.facts(workspaceId, rule, occasion);
    const { held, conditions } = explain(rule.filter, facts);
    if (!held) return { matched: false, wouldRun: false, heldBackBy: null, conditions, actions: [] };
    const last = automationId === null ? null : await this.runs.lastAt(automationId, facts.conversation.id);
    const reason = heldBackBy(rule, last, facts.conversation.statusChangedAt, facts.now);
    if (reason) return { matched: true, wouldRun: false, heldBackBy: reason, conditions, actions: [] };
    return {
      matched: true,
      wouldRun: true,
      heldBackBy: null,
      conditions,
      actions: await this.rehearse(workspaceId, rule, automationId, facts),
    };
  }

  private async facts(
    workspaceId: string,
    rule: Rule,
    { conversationId, messageId, event }: TrialOccasion,
  ): Promise<RuleFacts> {
    if (
      messageId !== undefined &&
      (await this.messages.find(workspaceId, messageId))?.conversationId !== conversationId
    ) {
      throw unprocessable('There is no message with this id in the conversation', { message_id: messageId });
    }
    const newest = messageId ?? (await this.messages.newestPublicId(workspaceId, conversationId));
    const happening = { type: event ?? rule.events[0]!, actor: currentActor(), changed: {} };
    const facts = await this.reader.read(workspaceId, { conversationId, messageId: newest, event: happening });
    if (!facts) throw notFound('Conversation');
    return facts;
  }

  private async rehearse(
    workspaceId: string,
    rule: Rule,
    automationId: string | null,
    facts: RuleFacts,
  ): Promise<readonly ActionResult[]> {
    const target = { workspaceId, conversationId: facts.conversation.id, authorName: rule.name, facts };
    try {
      return await this.unitOfWork.attempt(async () => {
        const actions = await runAs({ kind: 'automation', id: automationId }, () =>
          this.actions.runAll(target, rule.actions, rule.stopOnError),
        );
        throw new TrialOver(actions);
      });
    } catch (over) {
      if (over instanceof TrialOver) return over.actions;
      throw over;
    }
  }
}
