import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import { AutomationAction, type ActionTarget } from '@parley/kernel/automation';
import { CONVERSATION_STATUSES, ConversationActionsService, type ConversationStatus } from '@parley/messaging';
import { statusOutcome } from './action-declarations.js';

const CONVERSATION = ['conversation'];

const STATUS_EVENTS = [
  'conversation.status_changed',
  'conversation.resolved',
  'conversation.reopened',
  'conversation.closed',
  'conversation.snoozed',
  'conversation.unsnoozed',
];

/** Actions of rules on the status of conversations. */
@Injectable()
export class ConversationStatusActionHandlersService {
  constructor(
    private readonly conversations: ConversationActionsService,
    private readonly clock: Clock,
  ) {}

  @AutomationAction('set_status', {
    description: 'Sets the status. Fails if the transition is not allowed.',
    subjects: CONVERSATION,
    effects: STATUS_EVENTS,
    outcome: ({ status }) => statusOutcome(String(status) as ConversationStatus),
    parameters: {
      status: {
        type: 'string',
        enum: CONVERSATION_STATUSES.filter((status) => status !== 'snoozed'),
        description: 'New status. Use the action `snooze` to snooze.',
      },
    },
  })
  setStatus({ workspaceId, subject }: ActionTarget, { status }: { status: ConversationStatus }): Promise<unknown> {
    return this.conversations.applyUpdate(workspaceId, subject.id, { status });
  }

  @AutomationAction('snooze', {
    description: 'Snoozes the conversation.',
    subjects: CONVERSATION,
    effects: ['conversation.snoozed', 'conversation.status_changed'],
    outcome: () => statusOutcome('snoozed'),
    parameters: {
      duration_seconds: {
        type: 'integer',
        minimum: 60,
        maximum: 31_536_000,
        description: 'Duration of the snooze in seconds. If omitted, the snooze ends when the customer writes.',
      },
    },
    optional: ['duration_seconds'],
  })
  snooze(
    { workspaceId, subject }: ActionTarget,
    { duration_seconds: seconds }: { duration_seconds?: number },
  ): Promise<unknown> {
    const until = seconds === undefined ? null : new Date(this.clock.now().getTime() + seconds * 1000).toISOString();
    return this.conversations.applyUpdate(workspaceId, subject.id, { status: 'snoozed', snoozedUntil: until });
  }

  @AutomationAction('resolve', {
    description: 'Resolves the conversation.',
    subjects: CONVERSATION,
    effects: ['conversation.resolved', 'conversation.status_changed'],
    outcome: () => statusOutcome('resolved'),
  })
  resolve({ workspaceId, subject }: ActionTarget): Promise<unknown> {
    return this.conversations.applyUpdate(workspaceId, subject.id, { status: 'resolved' });
  }

  @AutomationAction('reopen', {
    description: 'Reopens the conversation.',
    subjects: CONVERSATION,
    effects: ['conversation.reopened', 'conversation.unsnoozed', 'conversation.status_changed'],
    outcome: () => statusOutcome('open'),
  })
  reopen({ workspaceId, subject }: ActionTarget): Promise<unknown> {
    return this.conversations.applyUpdate(workspaceId, subject.id, { status: 'open' });
  }

  @AutomationAction('close', {
    description: 'Closes the conversation.',
    subjects: CONVERSATION,
    effects: ['conversation.closed', 'conversation.status_changed'],
    outcome: () => statusOutcome('closed'),
  })
  close({ workspaceId, subject }: ActionTarget): Promise<unknown> {
    return this.conversations.applyUpdate(workspaceId, subject.id, { status: 'closed' });
  }
}
