import { FILTER_SCHEMA } from '@parley/kernel/filter';
import {
  EnumField,
  BooleanField,
  IntegerField,
  BooleanQueryField,
  StringField,
  StringListField,
  AnyJsonField,
} from '@parley/kernel/http';
import { ACTIONS_REFERENCE } from '@parley/kernel/automation';
import { TimedPageQueryDto } from '@parley/kernel/pagination';
import { RUN_POLICIES, type RunPolicy } from '../automation.view.js';
import type { AutomationSettings } from '../automations.service.js';
import type { RuleInput } from '../rule-inspection.js';
import { ACTIONS_EXAMPLE, FILTER_EXAMPLE } from './automation.dto.js';

const YEAR_SECONDS = 31_536_000;

/** Fields of a rule. */
export class RuleDto {
  @StringField({
    description: 'Name. Shown as the author of the notes and replies that the rule creates.',
    min: 1,
    max: 120,
    example: 'Invoices to billing',
    trim: true,
  })
  name: string;

  @StringListField({
    description:
      'Types of the events that trigger the rule; one of them is enough. `conversation.updated` ' +
      'matches every change of a conversation.',
    minItems: 1,
    maxItems: 30,
    maxLength: 100,
    example: ['message.created'],
  })
  events: string[];

  @AnyJsonField(FILTER_SCHEMA, {
    description:
      'Filter that the conversation must match. `GET /v1/automations/fields` lists its fields. Default: matches all ' +
      'conversations.',
    optional: true,
    nullable: true,
    example: FILTER_EXAMPLE,
  })
  filter?: unknown;

  @AnyJsonField(ACTIONS_REFERENCE, {
    description:
      'Actions, in the order in which they run. `GET /v1/automations/actions` lists them. Texts are Liquid templates ' +
      'with variables such as `{{contact.name}}`, which `GET /v1/automations/variables` lists.',
    example: ACTIONS_EXAMPLE,
  })
  actions: unknown;

  @EnumField(RUN_POLICIES, {
    description:
      'Limit of runs for one conversation: `always` (no limit), `once`, `once_per_status` (once until ' +
      'the status changes) or `cooldown` (once per `cooldown_seconds`). Default: `always`.',
    optional: true,
  })
  run_policy?: RunPolicy;

  @IntegerField({
    description:
      'Minimum time between two runs for one conversation in seconds. Required with the policy ' +
      '`cooldown`, otherwise not allowed.',
    optional: true,
    nullable: true,
    min: 1,
    max: YEAR_SECONDS,
    example: null,
  })
  cooldown_seconds?: number | null;

  @BooleanField({
    description: 'If true, later rules do not run once this one has matched. Default: false.',
    optional: true,
    example: false,
  })
  stop_after_match?: boolean;

  @BooleanField({
    description: 'If true, the actions after a failed one are skipped. Default: false.',
    optional: true,
    example: false,
  })
  stop_on_error?: boolean;
}

/** Fields of a new automation. */
export class CreateAutomationDto extends RuleDto {
  @StringField({ description: 'Description of the rule.', optional: true, nullable: true, max: 1000, example: null })
  description?: string | null;

  @BooleanField({ description: 'True if the rule runs. Default: true.', optional: true, example: false })
  enabled?: boolean;

  @IntegerField({
    description: 'Position. Rules run in ascending order of position. Default: last.',
    optional: true,
    prefill: false,
    min: 0,
    max: 1_000_000,
    example: 1,
  })
  position?: number;
}

/** Fields to update in an automation. Omitted fields stay unchanged. */
export class UpdateAutomationDto {
  @StringField({
    description: 'Name. Shown as the author of the notes and replies that the rule creates.',
    optional: true,
    min: 1,
    max: 120,
    example: 'Invoices to billing',
    trim: true,
  })
  name?: string;

  @StringField({ description: 'Description of the rule.', optional: true, nullable: true, max: 1000, example: null })
  description?: string | null;

  @BooleanField({ description: 'True if the rule runs.', optional: true, example: true })
  enabled?: boolean;

  @IntegerField({
    description: 'Position. Rules run in ascending order of position.',
    optional: true,
    min: 0,
    max: 1_000_000,
    example: 1,
  })
  position?: number;

  @StringListField({
    description: 'Types of the events that trigger the rule; one of them is enough.',
    optional: true,
    minItems: 1,
    maxItems: 30,
    maxLength: 100,
    example: ['message.created'],
  })
  events?: string[];

  @AnyJsonField(FILTER_SCHEMA, {
    description: 'Filter that the conversation must match. `GET /v1/automations/fields` lists its fields.',
    optional: true,
    example: FILTER_EXAMPLE,
  })
  filter?: unknown;

  @AnyJsonField(ACTIONS_REFERENCE, {
    description:
      'Actions, in the order in which they run. Replaces all actions. `GET /v1/automations/actions` lists them.',
    optional: true,
    example: ACTIONS_EXAMPLE,
  })
  actions?: unknown;

  @EnumField(RUN_POLICIES, {
    description: 'Limit of runs for one conversation: `always`, `once`, `once_per_status` or `cooldown`.',
    optional: true,
  })
  run_policy?: RunPolicy;

  @IntegerField({
    description:
      'Minimum time between two runs for one conversation in seconds. Required with the policy ' +
      '`cooldown`, otherwise not allowed.',
    optional: true,
    nullable: true,
    min: 1,
    max: YEAR_SECONDS,
    example: null,
  })
  cooldown_seconds?: number | null;

  @BooleanField({
    description: 'If true, later rules do not run once this one has matched.',
    optional: true,
    example: false,
  })
  stop_after_match?: boolean;

  @BooleanField({
    description: 'If true, the actions after a failed one are skipped.',
    optional: true,
    example: false,
  })
  stop_on_error?: boolean;
}

/** Filter of the list of automations. */
export class AutomationListQueryDto extends TimedPageQueryDto {
  @BooleanQueryField({ description: 'If true, only enabled automations. If false, only disabled ones.', example: true })
  enabled?: boolean;

  @StringField({ description: 'Text to find in the name.', optional: true, max: 120, example: 'invoice' })
  q?: string;
}

/** Maps the request to the service input, with defaults. */
export function toRuleInput(dto: RuleDto): RuleInput {
  return {
    name: dto.name,
    events: dto.events,
    filter: dto.filter ?? { all: [] },
    actions: dto.actions,
    runPolicy: dto.run_policy ?? 'always',
    cooldownSeconds: dto.cooldown_seconds ?? null,
    stopAfterMatch: dto.stop_after_match ?? false,
    stopOnError: dto.stop_on_error ?? false,
  };
}

/** Maps the request to the service input. Omitted fields stay undefined. */
export function toUpdateAutomationInput(dto: UpdateAutomationDto): Partial<RuleInput> & AutomationSettings {
  return {
    name: dto.name,
    description: dto.description,
    enabled: dto.enabled,
    position: dto.position,
    events: dto.events,
    filter: dto.filter,
    actions: dto.actions,
    runPolicy: dto.run_policy,
    cooldownSeconds: dto.cooldown_seconds,
    stopAfterMatch: dto.stop_after_match,
    stopOnError: dto.stop_on_error,
  };
}
