import { FILTER_SCHEMA, type FilterNode } from '@parley/kernel/filter';
import {
  EnumField,
  BooleanField,
  UuidField,
  IntegerField,
  StringField,
  StringListField,
  DateField,
  AnyJsonField,
} from '@parley/kernel/http';
import { ACTIONS_SCHEMA } from '../actions/action-types.js';
import { RUN_POLICIES, type Action, type AutomationView, type RunPolicy } from '../automation.view.js';
import type { SavedAutomation } from '../automations.service.js';

export const FILTER_EXAMPLE = { all: [{ field: 'message.body', operator: 'contains', value: 'invoice' }] };
export const ACTIONS_EXAMPLE = [
  { type: 'add_tags', tags: ['billing'] },
  { type: 'set_priority', priority: 'high' },
  { type: 'add_note', body: 'Hello {{contact.name}}' },
];

/** A rule: when something happens, and a condition holds, do this. */
export class AutomationDto {
  @UuidField({ description: 'Id of the rule.' })
  id: string;

  @StringField({
    description: 'Its name; stands under the notes and replies that it writes.',
    example: 'Invoices to billing',
  })
  name: string;

  @StringField({ description: 'What it is for.', nullable: true, max: 1000, example: null })
  description: string | null;

  @BooleanField({ description: 'Whether it runs.', example: true })
  enabled: boolean;

  @IntegerField({ description: 'Its place: rules run from the lowest on.', example: 1 })
  position: number;

  @StringListField({ description: 'Events that set it off.', example: ['message.created'] })
  events: string[];

  @AnyJsonField(FILTER_SCHEMA, { description: 'Which conversations it is for.', example: FILTER_EXAMPLE })
  filter: FilterNode;

  @AnyJsonField(ACTIONS_SCHEMA, { description: 'What it does, in order.', example: ACTIONS_EXAMPLE })
  actions: readonly Action[];

  @EnumField(RUN_POLICIES, { description: 'How often it runs for one conversation.' })
  run_policy: RunPolicy;

  @IntegerField({
    description: 'Seconds between two runs for one conversation, with the policy `cooldown`.',
    nullable: true,
    example: null,
  })
  cooldown_seconds: number | null;

  @BooleanField({ description: 'Whether rules after it are left out once it has matched.', example: false })
  stop_after_match: boolean;

  @BooleanField({ description: 'Whether an action that fails keeps those after it from being tried.', example: false })
  stop_on_error: boolean;

  @IntegerField({ description: 'Grows with each change; also the `ETag`.', example: 1 })
  version: number;

  @DateField({ description: 'When it was made.' })
  created_at: string;

  @DateField({ description: 'When it was changed last.' })
  updated_at: string;
}

/** A rule that was saved, and what its author should know. */
export class SavedAutomationDto extends AutomationDto {
  @StringListField({
    description: 'What looks wrong though it is allowed, such as rules that can set each other off in a circle.',
    maxLength: 2000,
    example: [],
  })
  warnings: string[];
}

/** Puts a rule on the wire. */
export function toAutomationDto(view: AutomationView): AutomationDto {
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
    version: view.version,
    created_at: view.createdAt,
    updated_at: view.updatedAt,
  };
}

/** Puts a saved rule on the wire. */
export function toSavedAutomationDto({ automation, warnings }: SavedAutomation): SavedAutomationDto {
  return { ...toAutomationDto(automation), warnings: [...warnings] };
}
