import { Injectable } from '@nestjs/common';
import { Clock, DomainError, Events, UnitOfWork, type Changed } from '@parley/kernel';
import {
  ConversationAssignment,
  ConversationEdits,
  MessagesService,
  renderTemplate,
  type ConversationStatus,
  type Priority,
} from '@parley/messaging';
import type { Action } from '../automation.view.js';
import type { ActionResult } from '../automation-run.view.js';
import type { RuleFacts } from '../rule-subject.js';

/** What an action is run on. */
export interface ActionTarget {
  readonly workspaceId: string;
  readonly conversationId: string;
  /** Stands under notes and replies. */
  readonly authorName: string;
  /** What texts are rendered from. */
  readonly facts: RuleFacts;
}

type Handler = (target: ActionTarget, action: Action) => Promise<unknown>;

/** Does what rules say, as whoever acts at present. */
@Injectable()
export class ActionRunner {
  private readonly handlers: Readonly<Record<string, Handler>> = {
    add_tags: ({ workspaceId, conversationId }, { tags }) =>
      this.edits.retag(workspaceId, conversationId, { add: tags as string[] }),
    remove_tags: ({ workspaceId, conversationId }, { tags }) =>
      this.edits.retag(workspaceId, conversationId, { remove: tags as string[] }),
    set_tags: ({ workspaceId, conversationId }, { tags }) =>
      this.edits.edit(workspaceId, conversationId, { tags: tags as string[] }),
    assign_user: ({ workspaceId, conversationId }, { user_id }) =>
      this.assignment.assign(workspaceId, conversationId, { assigneeId: user_id as string }),
    assign_team: ({ workspaceId, conversationId }, { team_id }) =>
      this.assignment.assign(workspaceId, conversationId, { teamId: team_id as string }),
    unassign: ({ workspaceId, conversationId }) =>
      this.assignment.assign(workspaceId, conversationId, { assigneeId: null }),
    set_priority: ({ workspaceId, conversationId }, { priority }) =>
      this.edits.edit(workspaceId, conversationId, { priority: priority as Priority }),
    set_status: ({ workspaceId, conversationId }, { status }) =>
      this.edits.edit(workspaceId, conversationId, { status: status as ConversationStatus }),
    snooze: ({ workspaceId, conversationId }, { duration_seconds }) =>
      this.edits.snooze(workspaceId, conversationId, this.inSeconds(duration_seconds as number | undefined)),
    resolve: ({ workspaceId, conversationId }) => this.edits.resolve(workspaceId, conversationId),
    reopen: ({ workspaceId, conversationId }) => this.edits.open(workspaceId, conversationId),
    close: ({ workspaceId, conversationId }) => this.edits.close(workspaceId, conversationId),
    set_field: ({ workspaceId, conversationId }, { field, value }) =>
      this.edits.setField(workspaceId, conversationId, field as string, value),
    add_note: (target, { body }) => this.say(target, 'note', body as string),
    send_reply: (target, { body }) => this.say(target, 'reply', body as string),
  };

  constructor(
    private readonly edits: ConversationEdits,
    private readonly assignment: ConversationAssignment,
    private readonly messages: MessagesService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** Runs actions in order. One that fails is undone as a whole; those after it run all the same, unless told otherwise. */
  async runAll(target: ActionTarget, actions: readonly Action[], stopOnError: boolean): Promise<ActionResult[]> {
    const results: ActionResult[] = [];
    for (const action of actions) {
      const stopped = stopOnError && results.some(({ outcome }) => outcome === 'failed');
      results.push(
        stopped ? { type: action.type, outcome: 'left_out', error: null, events: [] } : await this.run(target, action),
      );
    }
    return results;
  }

  private async run(target: ActionTarget, action: Action): Promise<ActionResult> {
    const { type } = action;
    const before = this.events.pending();
    try {
      await this.unitOfWork.attempt(() => this.handlers[type]!(target, action));
    } catch (error) {
      // Whatever the database itself refuses is tried again with the whole event.
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

  private say(
    { workspaceId, conversationId, authorName, facts }: ActionTarget,
    type: 'note' | 'reply',
    body: string,
  ): Promise<unknown> {
    return this.messages.create(
      workspaceId,
      conversationId,
      { type, body: renderTemplate(body, { ...facts, agent: null, event: facts.event.type }) },
      authorName,
    );
  }

  private inSeconds(seconds: number | undefined): string | null {
    return seconds === undefined ? null : new Date(this.clock.now().getTime() + seconds * 1000).toISOString();
  }
}

function isTemplateError(error: unknown): boolean {
  return error instanceof Error && /^(Render|Undefined|Parse|Tokenization|Assertion)\w*Error$/.test(error.name);
}
