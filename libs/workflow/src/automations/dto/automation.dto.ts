import { FILTER_SCHEMA, type FilterNode } from '@parley/kernel/filter';
import {
  EnumField,
  BooleanField,
  UuidField,
  IntegerField,
  StringField,
  NestedListField,
  StringListField,
  DateField,
  AnyJsonField,
} from '@parley/kernel/http';
import { ACTIONS_REFERENCE } from '@parley/kernel/automation';
import { ProblemDto, toProblemDto } from '@parley/kernel/references';
import { RUN_POLICIES, type Action, type RunPolicy } from '../automation.view.js';
import type { InspectedAutomation, SavedAutomation } from '../automations.service.js';

export const FILTER_EXAMPLE = { all: [{ field: 'message.body', operator: 'contains', value: 'invoice' }] };
export const ACTIONS_EXAMPLE = [
  { type: 'add_tags', tags: ['billing'] },
  { type: 'set_priority', priority: 'high' },
  { type: 'add_note', body: 'Hello {{contact.name}}' },
];

/** Automation rule: runs actions when an event occurs and the filter matches. */
export class AutomationDto {
  @UuidField({ description: 'ID of the automation.' })
  id: string;

  @StringField({
    description: 'Name. Shown as the author of the notes and replies that the rule creates.',
    example: 'Invoices to billing',
  })
  name: string;

  @StringField({ description: 'Description of the rule.', nullable: true, max: 1000, example: null })
  description: string | null;

  @BooleanField({ description: 'True if the rule runs.', example: true })
  enabled: boolean;

  @IntegerField({ description: 'Position. Rules run in ascending order of position.', example: 1 })
  position: number;

  @StringListField({ description: 'Types of the events that trigger the rule.', example: ['message.created'] })
  events: string[];

  @AnyJsonField(FILTER_SCHEMA, { description: 'Filter that the conversation must match.', example: FILTER_EXAMPLE })
  filter: FilterNode;

  @AnyJsonField(ACTIONS_REFERENCE, {
    description: 'Actions, in the order in which they run.',
    example: ACTIONS_EXAMPLE,
  })
  actions: readonly Action[];

  @EnumField(RUN_POLICIES, {
    description:
      'Limit of runs for one conversation: `always` (no limit), `once`, `once_per_status` (once until ' +
      'the status changes) or `cooldown` (once per `cooldown_seconds`).',
  })
  run_policy: RunPolicy;

  @IntegerField({
    description: 'Minimum time between two runs for one conversation in seconds, with the policy `cooldown`.',
    nullable: true,
    example: null,
  })
  cooldown_seconds: number | null;

  @BooleanField({ description: 'If true, later rules do not run once this one has matched.', example: false })
  stop_after_match: boolean;

  @BooleanField({ description: 'If true, the actions after a failed one are skipped.', example: false })
  stop_on_error: boolean;

  @NestedListField(() => ProblemDto, {
    description:
      'Parts of the rule that no longer have an effect or make it fail: references to deleted teams, deactivated users ' +
      'and deleted inboxes, and fields, events and actions that do not exist. Computed for each response. Updates of ' +
      'the filter, actions or events are rejected until these are corrected. Deleted tags and custom fields, and custom ' +
      'fields that are not defined although others are, are shown too, but do not prevent updates.',
    maxItems: 1000,
    example: [],
  })
  problems: ProblemDto[];

  @IntegerField({
    description: 'Version for optimistic locking; also returned as `ETag`. Incremented by each update.',
    example: 1,
  })
  version: number;

  @DateField({ description: 'Time of creation.' })
  created_at: string;

  @DateField({ description: 'Time of the last update.' })
  updated_at: string;
}

/** Saved rule with warnings for its author. */
export class SavedAutomationDto extends AutomationDto {
  @StringListField({
    description:
      'Possible mistakes that are not errors: rules that can trigger each other in a cycle, and a filter that is never ' +
      'true for the events of the rule, custom fields that are not defined although others of the same resource are, and ' +
      'values that are not options of a list field.',
    maxLength: 2000,
    example: [],
  })
  warnings: string[];
}

export function toAutomationDto(view: InspectedAutomation): AutomationDto {
  return {
    id: view.id,
    name: view.name,
    description: view.description,
    enabled: view.enabled,
    position: view.position,
    events: [...view.events],
    filter: view.filter,
    actions: view.actions,
    run_policy: view.runPolicy,
    cooldown_seconds: view.cooldownSeconds,
    stop_after_match: view.stopAfterMatch,
    stop_on_error: view.stopOnError,
    problems: view.problems.map(toProblemDto),
    version: view.version,
    created_at: view.createdAt,
    updated_at: view.updatedAt,
  };
}

export function toSavedAutomationDto({ automation, warnings }: SavedAutomation): SavedAutomationDto {
  return { ...toAutomationDto(automation), warnings: [...warnings] };
}
