import { Choice, Flag, Id, Nested, NestedList, Text } from '@parley/kernel';
import type { Trial } from '../automation-trials.service.js';
import { RULE_EVENTS } from '../rule-events.js';
import { ActionResultDto, ConditionDto, toActionResultDto, toConditionDto } from './automation-run.dto.js';
import { RuleDto } from './write-automation.dto.js';

/** What to try, and on what. */
export class DryRunDto {
  @Id({ description: 'A saved rule. This or `rule`.', optional: true })
  automation_id?: string;

  @Nested(() => RuleDto, { description: 'A rule that is not saved. This or `automation_id`.', optional: true })
  rule?: RuleDto;

  @Id({ description: 'The conversation to try it on.' })
  conversation_id: string;

  @Id({ description: 'The message that the rule is to look at. Default the newest that is no note.', optional: true })
  message_id?: string;

  @Choice(RULE_EVENTS, {
    description: 'The event to imagine. Default the first that the rule waits for.',
    optional: true,
    example: 'message.created',
  })
  event?: string;
}

/** What a rule would do. Nothing was changed. */
export class TrialDto {
  @Flag({ description: 'Whether its filter holds.', example: true })
  matched: boolean;

  @Flag({ description: 'Whether it would run; it may match and yet be held back by its run policy.', example: true })
  would_run: boolean;

  @Text({ description: 'What holds it back.', nullable: true, max: 1000, example: null })
  held_back_by: string | null;

  @NestedList(() => ConditionDto, { description: 'Which condition holds with which value.' })
  conditions: ConditionDto[];

  @NestedList(() => ActionResultDto, { description: 'What each action would do; empty when it would not run.' })
  actions: ActionResultDto[];
}

/** Puts a trial on the wire. */
export function toTrialDto({ matched, wouldRun, heldBackBy, conditions, actions }: Trial): TrialDto {
  return {
    matched,
    would_run: wouldRun,
    held_back_by: heldBackBy,
    conditions: conditions.map(toConditionDto),
    actions: actions.map(toActionResultDto),
  };
}
