import type { Changed } from '@parley/kernel/events';
import type { ConditionExplanation } from '@parley/kernel/filter';
import {
  EnumField,
  NumberField,
  BooleanField,
  UuidField,
  IntegerField,
  JsonObjectField,
  NestedListField,
  ListQueryField,
  StringField,
  DateField,
  AnyJsonField,
} from '@parley/kernel/http';
import { PageQueryDto } from '@parley/kernel/pagination';
import { RUN_OUTCOMES, type ActionResult, type AutomationRunView } from '../automation-run.view.js';

const ANY_JSON_OPTIONS = { description: 'Any JSON.' };

/** One condition and how it came out. */
export class ConditionDto {
  @StringField({ description: 'Where it stands in the filter.', example: 'filter.all[0]' })
  path: string;

  @StringField({ description: 'The field it looks at.', example: 'message.body' })
  field: string;

  @StringField({ description: 'How it compares.', example: 'contains' })
  operator: string;

  @AnyJsonField(ANY_JSON_OPTIONS, {
    description: 'What it compares with; left out where the operator takes no value.',
    optional: true,
    example: 'invoice',
  })
  expected?: unknown;

  @AnyJsonField(ANY_JSON_OPTIONS, {
    description: 'What the field held; long texts are cut short.',
    example: 'Where is my invoice?',
  })
  actual: unknown;

  @BooleanField({ description: 'Whether it held.', example: true })
  held: boolean;
}

/** One thing that an action set off. */
export class ActionEventDto {
  @StringField({ description: 'Name of the event.', example: 'conversation.tagged' })
  type: string;

  @UuidField({ description: 'What it is about.' })
  subject_id: string;

  @JsonObjectField({
    description: 'Each field that changed with its value before and after.',
    nullable: true,
    example: { tags: [['web'], ['web', 'billing']] },
  })
  changed: Changed | null;
}

/** How one action came out. */
export class ActionResultDto {
  @StringField({ description: 'What was to be done.', example: 'add_tags' })
  type: string;

  @EnumField(['done', 'unchanged', 'failed', 'left_out'], {
    description: '`unchanged` had nothing left to do; `left_out` came after one that failed.',
  })
  outcome: ActionResult['outcome'];

  @StringField({ description: 'Why it failed.', nullable: true, max: 2000, example: null })
  error: string | null;

  @NestedListField(() => ActionEventDto, { description: 'What it set off.' })
  events: ActionEventDto[];
}

/** The record of a rule that matched. Kept for thirty days. */
export class AutomationRunDto {
  @UuidField({ description: 'Id of the run.' })
  id: string;

  @UuidField({ description: 'The rule.' })
  automation_id: string;

  @IntegerField({ description: 'The version of the rule that ran.', example: 1 })
  automation_version: number;

  @UuidField({ description: 'The conversation it ran for.' })
  conversation_id: string;

  @UuidField({ description: 'The event that set it off.' })
  event_id: string;

  @StringField({ description: 'Name of that event.', example: 'message.created' })
  event_type: string;

  @EnumField(RUN_OUTCOMES, { description: '`loop_stopped`: it matched, but its chain of causes had become too long.' })
  outcome: string;

  @NestedListField(() => ConditionDto, { description: 'Which condition held with which value.' })
  conditions: ConditionDto[];

  @NestedListField(() => ActionResultDto, { description: 'How each action came out.' })
  actions: ActionResultDto[];

  @NumberField({ description: 'Milliseconds that its actions took.', example: 4.21 })
  duration_ms: number;

  @IntegerField({ description: 'Events between a request and this run.', example: 0 })
  depth: number;

  @DateField({ description: 'When it ran.' })
  created_at: string;
}

/** Which runs to list. */
export class AutomationRunListQueryDto extends PageQueryDto {
  @UuidField({ description: 'Only for this conversation.', optional: true })
  conversation_id?: string;

  @ListQueryField({ description: 'Only with these outcomes.', values: RUN_OUTCOMES, example: 'failed,partly_failed' })
  outcome?: string[];
}

/** Puts conditions on the wire. */
export function toConditionDto({ path, field, operator, expected, actual, held }: ConditionExplanation): ConditionDto {
  return { path, field, operator, ...(expected !== undefined && { expected }), actual, held };
}

/** Puts the outcome of an action on the wire. */
export function toActionResultDto({ type, outcome, error, events }: ActionResult): ActionResultDto {
  return { type, outcome, error, events: [...events] };
}

/** Puts a run on the wire. */
export function toAutomationRunDto(run: AutomationRunView): AutomationRunDto {
  return {
    id: run.id,
    automation_id: run.automationId,
    automation_version: run.automationVersion,
    conversation_id: run.conversationId,
    event_id: run.eventId,
    event_type: run.eventType,
    outcome: run.outcome,
    conditions: run.conditions.map(toConditionDto),
    actions: run.actions.map(toActionResultDto),
    duration_ms: run.durationMs,
    depth: run.depth,
    created_at: run.createdAt,
  };
}
