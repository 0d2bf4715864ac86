import { EnumField, BooleanField, UuidField, NestedField, NestedListField, StringField } from '@parley/kernel/http';
import type { DryRunResult } from '../automation-dry-run.service.js';
import { RULE_EVENTS } from '../rule-events.js';
import { ActionResultDto, ConditionDto, toActionResultDto, toConditionDto } from './automation-run.dto.js';
import { RuleDto } from './write-automation.dto.js';

/** What to try, and on what. */
export class DryRunAutomationDto {
  @UuidField({ description: 'A saved rule. This or `rule`.', optional: true })
  automation_id?: string;

  @NestedField(() => RuleDto, { description: 'A rule that is not saved. This or `automation_id`.', optional: true })
  rule?: RuleDto;

  @UuidField({ description: 'The conversation to try it on.' })
  conversation_id: string;

  @UuidField({
    description: 'The message that the rule is to look at. Default the newest that is no note.',
    optional: true,
  })
  message_id?: string;

  @EnumField(RULE_EVENTS, {
    description: 'The event to imagine. Default the first that the rule waits for.',
    optional: true,
    example: 'message.created',
  })
  event?: string;
}

/** What a rule would do. Nothing was changed. */
export class DryRunResultDto {
  @BooleanField({ description: 'Whether its filter holds.', example: true })
  matched: boolean;

  @BooleanField({
    description: 'Whether it would run; it may match and yet be held back by its run policy.',
    example: true,
  })
  would_run: boolean;

  @StringField({ description: 'What holds it back.', nullable: true, max: 1000, example: null })
  held_back_by: string | null;

  @NestedListField(() => ConditionDto, { description: 'Which condition holds with which value.' })
  conditions: ConditionDto[];

  @NestedListField(() => ActionResultDto, { description: 'What each action would do; empty when it would not run.' })
  actions: ActionResultDto[];
}

/** Puts a trial on the wire. */
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
    held_back_by: skipReason,
    conditions: conditions.map(toConditionDto),
    actions: actions.map(toActionResultDto),
  };
}
