import { defineEvent, type Changed } from '@parley/kernel/events';

/** Data of the events about runs. */
export interface AutomationRunEventData {
  readonly subject_type: string;
  readonly subject_id: string;
  /** The subject, if it is a conversation. */
  readonly conversation_id?: string;
  readonly run_id: string;
  readonly outcome: string;
}

export class TagCreated extends defineEvent<{ readonly name: string; readonly color: string }>('tag.created', {
  description: 'A tag was created. Tags that appear with their first use have no such event.',
  fields: ['name', 'color'],
}) {}

export class TagUpdated extends defineEvent<{ readonly name: string; readonly changed: Changed }>('tag.updated', {
  description: 'The color or the description of a tag changed.',
  fields: ['name', 'changed'],
}) {}

export class TagDeleted extends defineEvent<{ readonly name: string }>('tag.deleted', {
  description: 'A tag was deleted.',
  fields: ['name'],
}) {}

export class AutomationCreated extends defineEvent<{ readonly name: string }>('automation.created', {
  description: 'An automation was created.',
  fields: ['name'],
}) {}

export class AutomationUpdated extends defineEvent<{ readonly name: string; readonly changed: Changed }>(
  'automation.updated',
  {
    description: 'An automation was changed, enabled or disabled.',
    fields: ['name', 'changed'],
  },
) {}

export class AutomationDeleted extends defineEvent<{ readonly name: string }>('automation.deleted', {
  description: 'An automation was deleted.',
  fields: ['name'],
}) {}

export class AutomationRan extends defineEvent<AutomationRunEventData>('automation.ran', {
  description: 'An automation ran. Some of its actions may have failed.',
  fields: ['subject_type', 'subject_id', 'conversation_id', 'run_id', 'outcome'],
  orderedBy: 'conversation_id',
  summary: ({ actor, subject }) => `${actor} ran on ${subject}`,
}) {}

export class AutomationFailed extends defineEvent<AutomationRunEventData>('automation.failed', {
  description: 'All actions of an automation run failed.',
  fields: ['subject_type', 'subject_id', 'conversation_id', 'run_id', 'outcome'],
  orderedBy: 'conversation_id',
  summary: ({ actor, subject }) => `${actor} failed on ${subject}`,
}) {}

export class AutomationLoopStopped extends defineEvent<AutomationRunEventData>('automation.loop_stopped', {
  description: 'An automation matched but did not run, because the chain of causes was too long.',
  fields: ['subject_type', 'subject_id', 'conversation_id', 'run_id', 'outcome'],
  orderedBy: 'conversation_id',
  summary: ({ actor, subject }) => `${actor} did not run on ${subject}: the chain of causes is too long`,
}) {}
