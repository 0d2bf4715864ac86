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
import { TimedPageQueryDto } from '@parley/kernel/pagination';
import { ACTIONS_SCHEMA } from '../actions/action-types.js';
import { RUN_POLICIES, type RunPolicy } from '../automation.view.js';
import type { AutomationSettings } from '../automations.service.js';
import type { RuleInput } from '../rule-validator.service.js';
import { ACTIONS_EXAMPLE, FILTER_EXAMPLE } from './automation.dto.js';

const YEAR_SECONDS = 31_536_000;

/** The rule itself. */
export class RuleDto {
  @StringField({
    description: 'Its name; stands under the notes and replies that it writes.',
    min: 1,
    max: 120,
    example: 'Invoices to billing',
  })
  name: string;

  @StringListField({
    description:
      'Events that set it off; any of them. `conversation.updated` stands for every change of a conversation.',
    minItems: 1,
    maxItems: 30,
    maxLength: 100,
    example: ['message.created'],
  })
  events: string[];

  @AnyJsonField(FILTER_SCHEMA, {
    description: 'Which conversations it is for. Default all.',
    optional: true,
    nullable: true,
    example: FILTER_EXAMPLE,
  })
  filter?: unknown;

  @AnyJsonField(ACTIONS_SCHEMA, {
    description: 'What it does, in order. Each text takes Liquid variables, such as `{{contact.name}}`.',
    example: ACTIONS_EXAMPLE,
  })
  actions: unknown;

  @EnumField(RUN_POLICIES, { description: 'How often it runs for one conversation. Default always.', optional: true })
  run_policy?: RunPolicy;

  @IntegerField({
    description: 'Seconds between two runs for one conversation; with the policy `cooldown`, and only then.',
    optional: true,
    nullable: true,
    min: 1,
    max: YEAR_SECONDS,
    example: null,
  })
  cooldown_seconds?: number | null;

  @BooleanField({
    description: 'Whether rules after it are left out once it has matched. Default false.',
    optional: true,
    example: false,
  })
  stop_after_match?: boolean;

  @BooleanField({
    description: 'Whether an action that fails keeps those after it from being tried. Default false.',
    optional: true,
    example: false,
  })
  stop_on_error?: boolean;
}

/** A new rule. */
export class CreateAutomationDto extends RuleDto {
  @StringField({ description: 'What it is for.', optional: true, nullable: true, max: 1000, example: null })
  description?: string | null;

  @BooleanField({ description: 'Whether it runs. Default true.', optional: true, example: true })
  enabled?: boolean;

  @IntegerField({
    description: 'Its place: rules run from the lowest on. Default last.',
    optional: true,
    min: 0,
    max: 1_000_000,
    example: 1,
  })
  position?: number;
}

/** What to change about a rule; what is left out stays as it is. */
export class UpdateAutomationDto {
  @StringField({ description: 'Its name.', optional: true, min: 1, max: 120, example: 'Invoices to billing' })
  name?: string;

  @StringField({ description: 'What it is for.', optional: true, nullable: true, max: 1000, example: null })
  description?: string | null;

  @BooleanField({ description: 'Whether it runs.', optional: true, example: true })
  enabled?: boolean;

  @IntegerField({ description: 'Its place.', optional: true, min: 0, max: 1_000_000, example: 1 })
  position?: number;

  @StringListField({
    description: 'Events that set it off.',
    optional: true,
    minItems: 1,
    maxItems: 30,
    maxLength: 100,
    example: ['message.created'],
  })
  events?: string[];

  @AnyJsonField(FILTER_SCHEMA, {
    description: 'Which conversations it is for.',
    optional: true,
    example: FILTER_EXAMPLE,
  })
  filter?: unknown;

  @AnyJsonField(ACTIONS_SCHEMA, { description: 'What it does, in order.', optional: true, example: ACTIONS_EXAMPLE })
  actions?: unknown;

  @EnumField(RUN_POLICIES, { description: 'How often it runs for one conversation.', optional: true })
  run_policy?: RunPolicy;

  @IntegerField({
    description: 'Seconds between two runs, with the policy `cooldown`.',
    optional: true,
    nullable: true,
    min: 1,
    max: YEAR_SECONDS,
    example: null,
  })
  cooldown_seconds?: number | null;

  @BooleanField({
    description: 'Whether rules after it are left out once it has matched.',
    optional: true,
    example: false,
  })
  stop_after_match?: boolean;

  @BooleanField({
    description: 'Whether an action that fails keeps those after it from being tried.',
    optional: true,
    example: false,
  })
  stop_on_error?: boolean;
}

/** Which rules to list. */
export class AutomationListQueryDto extends TimedPageQueryDto {
  @BooleanQueryField({ description: 'Only rules that run, or only others.', example: true })
  enabled?: boolean;

  @StringField({ description: 'Only rules whose name has this in it.', optional: true, max: 120, example: 'invoice' })
  q?: string;
}

/** A whole rule in the domain's names. */
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

/** Parts of a rule in the domain's names. */
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
