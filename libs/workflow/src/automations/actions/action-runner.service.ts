import { Injectable } from '@nestjs/common';
import { Clock, DomainError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events, type Changed } from '@parley/kernel/events';
import {
  ConversationAssignmentService,
  ConversationActionsService,
  MessagesService,
  renderTemplate,
  type ConversationStatus,
  type Priority,
} from '@parley/messaging';
import type { Action } from '../automation.view.js';
import type { ActionResult } from '../automation-run.view.js';
import type { RuleContext } from '../rule-subject.js';

/** Target of an action. */
export interface ActionTarget {
  readonly workspaceId: string;
  readonly conversationId: string;
  /** Author name of notes and replies. */
  readonly authorName: string;
  /** Data for templates. */
  readonly context: RuleContext;
}

type ActionHandler = (target: ActionTarget, action: Action) => Promise<unknown>;

/** Runs the actions of rules as the current actor. */
@Injectable()
export class ActionRunner {
  private readonly handlers: Readonly<Record<string, ActionHandler>> = {
    add_tags: ({ workspaceId, conversationId }, { tags }) =>
      this.conversations.updateTags(workspaceId, conversationId, { add: tags as string[] }),
    remove_tags: ({ workspaceId, conversationId }, { tags }) =>
      this.conversations.updateTags(workspaceId, conversationId, { remove: tags as string[] }),
    set_tags: ({ workspaceId, conversationId }, { tags }) =>
      this.conversations.update(workspaceId, conversationId, { tags: tags as string[] }),
    assign_user: ({ workspaceId, conversationId }, { user_id }) =>
      this.assignment.assign(workspaceId, conversationId, { assigneeId: user_id as string }),
    assign_team: ({ workspaceId, conversationId }, { team_id }) =>
      this.assignment.assign(workspaceId, conversationId, { teamId: team_id as string }),
    unassign: ({ workspaceId, conversationId }) =>
      this.assignment.assign(workspaceId, conversationId, { assigneeId: null }),
    set_priority: ({ workspaceId, conversationId }, { priority }) =>
      this.conversations.update(workspaceId, conversationId, { priority: priority as Priority }),
    set_status: ({ workspaceId, conversationId }, { status }) =>
      this.conversations.update(workspaceId, conversationId, { status: status as ConversationStatus }),
    snooze: ({ workspaceId, conversationId }, { duration_seconds }) =>
      this.conversations.snooze(
        workspaceId,
        conversationId,
        this.secondsFromNow(duration_seconds as number | undefined),
      ),
    resolve: ({ workspaceId, conversationId }) => this.conversations.resolve(workspaceId, conversationId),
    reopen: ({ workspaceId, conversationId }) => this.conversations.reopen(workspaceId, conversationId),
    close: ({ workspaceId, conversationId }) => this.conversations.close(workspaceId, conversationId),
    set_field: ({ workspaceId, conversationId }, { field, value }) =>
      this.conversations.setCustomField(workspaceId, conversationId, field as string, value),
    add_note: (target, { body }) => this.addMessage(target, 'note', body as string),
    send_reply: (target, { body }) => this.addMessage(target, 'reply', body as string),
  };

  constructor(
    private readonly conversations: ConversationActionsService,
    private readonly assignment: ConversationAssignmentService,
    private readonly messages: MessagesService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs actions in order. A failed action is rolled back as a whole; the following actions still run unless
   * `stopOnError` is set.
   */
  async runAll(target: ActionTarget, actions: readonly Action[], stopOnError: boolean): Promise<ActionResult[]> {
    const results: ActionResult[] = [];
    for (const action of actions) {
      const isSkipped = stopOnError && results.some(({ outcome }) => outcome === 'failed');
      results.push(
        isSkipped ? { type: action.type, outcome: 'skipped', error: null, events: [] } : await this.run(target, action),
      );
    }
    return results;
  }

  private async run(target: ActionTarget, action: Action): Promise<ActionResult> {
    const { type } = action;
    const before = this.events.pending();
    try {
      await this.unitOfWork.runInSavepoint(() => this.handlers[type]!(target, action));
    } catch (error) {
      // Errors of the database are not caught: the whole event is retried.
      if (!(error instanceof DomainError) && !isTemplateError(error)) throw error;
      return { type, outcome: 'failed', error: (error as Error).message, events: [] };
    }
    const events = this.events.pendingFrom(before).map((event) => ({
      type: event.type,
      subject_id: event.subjectId,
      changed: (event.data as { changed?: Changed }).changed ?? null,
    }));
    return { type, outcome: events.length > 0 ? 'done' : 'unchanged', error: null, events };
  }

  private addMessage(
    { workspaceId, conversationId, authorName, context }: ActionTarget,
    type: 'note' | 'reply',
    body: string,
  ): Promise<unknown> {
    return this.messages.create(
      workspaceId,
      conversationId,
      { type, body: renderTemplate(body, { ...context, agent: null, event: context.event.type }) },
      authorName,
    );
  }

  private secondsFromNow(seconds: number | undefined): string | null {
    return seconds === undefined ? null : new Date(this.clock.now().getTime() + seconds * 1000).toISOString();
  }
}

function isTemplateError(error: unknown): boolean {
  return error instanceof Error && /^(Render|Undefined|Parse|Tokenization|Assertion)\w*Error$/.test(error.name);
}
