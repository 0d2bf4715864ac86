import {
  BooleanField,
  JsonObjectField,
  UuidField,
  NestedField,
  NestedListField,
  StringField,
} from '@parley/kernel/http';
import type { DryRunResult } from '../automation-dry-run.service.js';
import { MAX_CHANGES } from '../imagined-changes.js';
import { ActionResultDto, ConditionDto, toActionResultDto, toConditionDto } from './automation-run.dto.js';
import { RuleDto } from './write-automation.dto.js';

/** Rule and target of a dry run. */
export class DryRunAutomationDto {
  @UuidField({ description: 'ID of a saved automation. Required unless `rule` is given.', optional: true })
  automation_id?: string;

  @NestedField(() => RuleDto, {
    description: 'Unsaved rule. Required unless `automation_id` is given.',
    optional: true,
  })
  rule?: RuleDto;

  @UuidField({ description: 'ID of the conversation to run the rule on.' })
  conversation_id: string;

  @UuidField({
    description: 'ID of the message that triggers the rule. Default: the newest comment or reply.',
    optional: true,
  })
  message_id?: string;

  @StringField({
    max: 100,
    description:
      'Type of the event that triggers the rule. Default: the first event of the rule, or with `changes` the first ' +
      'one that can have these changes.',
    optional: true,
    example: 'message.created',
  })
  event?: string;

  @JsonObjectField({
    description:
      'Imagined changes of the event: for each field, its values before and after. Conditions see the second value ' +
      'as the current one. The actions run on the conversation as it is. Default: none.',
    optional: true,
    schema: {
      type: 'object',
      maxProperties: MAX_CHANGES,
      additionalProperties: { type: 'array', minItems: 2, maxItems: 2, items: {} },
    },
    example: { status: ['resolved', 'open'] },
  })
  changes?: Record<string, unknown>;
}

/** Result of a dry run. All changes were rolled back. */
export class DryRunResultDto {
  @BooleanField({ description: 'True if the filter matches.', example: true })
  matched: boolean;

  @BooleanField({
    description:
      'True if the rule would run. A rule can match and still be skipped because of its run policy or because it ' +
      'does not wait for the event.',
    example: true,
  })
  would_run: boolean;

  @StringField({
    description:
      'Reason why the rule would not run although its filter matches, or why the event does not trigger it at all.',
    nullable: true,
    max: 1000,
    example: null,
  })
  skip_reason: string | null;

  @NestedListField(() => ConditionDto, { description: 'Result and actual value of each condition.' })
  conditions: ConditionDto[];

  @NestedListField(() => ActionResultDto, { description: 'Result of each action. Empty if the rule would not run.' })
  actions: ActionResultDto[];
}

export function toDryRunResultDto({
  matched,
  wouldRun,
  skipReason,
  conditions,
  actions,
}: DryRunResult): DryRunResultDto {
  return {
    matched,
    would_run: wouldRun,
    skip_reason: skipReason,
    conditions: conditions.map(toConditionDto),
    actions: actions.map(toActionResultDto),
  };
}
