import type { Changed } from '@parley/kernel/events';
import type { ConditionExplanation } from '@parley/kernel/filter';
import {
  EnumField,
  NumberField,
  BooleanField,
  UuidField,
  IntegerField,
  JsonObjectField,
  NestedField,
  NestedListField,
  ListQueryField,
  StringField,
  DateField,
  AnyJsonField,
} from '@parley/kernel/http';
import { PageQueryDto } from '@parley/kernel/pagination';
import { RUN_OUTCOMES, type ActionResult, type AutomationRunView } from '../automation-run.view.js';

const ANY_JSON_OPTIONS = { description: 'Any JSON value.' };

/** Object that an automation ran on. */
export class RunSubjectDto {
  @StringField({ description: 'Type of the object.', example: 'conversation' })
  type: string;

  @UuidField({ description: 'ID of the object.' })
  id: string;
}

/** Condition with its result. */
export class ConditionDto {
  @StringField({ description: 'Path of the condition in the filter.', example: 'filter.all[0]' })
  path: string;

  @StringField({ description: 'Field that the condition compares.', example: 'message.body' })
  field: string;

  @StringField({ description: 'Operator of the condition.', example: 'contains' })
  operator: string;

  @AnyJsonField(ANY_JSON_OPTIONS, {
    description: 'Value that the field is compared with. Omitted if the operator takes no value.',
    optional: true,
    example: 'invoice',
  })
  expected?: unknown;

  @AnyJsonField(ANY_JSON_OPTIONS, {
    description: 'Actual value of the field. Long texts are truncated.',
    example: 'Where is my invoice?',
  })
  actual: unknown;

  @BooleanField({ description: 'True if the condition matched.', example: true })
  matched: boolean;
}

/** Event that an action caused. */
export class ActionEventDto {
  @StringField({ description: 'Type of the event.', example: 'conversation.tagged' })
  type: string;

  @UuidField({ description: 'ID of the object that the event is about.' })
  subject_id: string;

  @JsonObjectField({
    description: 'Changed fields with their values before and after.',
    nullable: true,
    example: { tags: [['web'], ['web', 'billing']] },
  })
  changed: Changed | null;
}

/** Result of an action. */
export class ActionResultDto {
  @StringField({ description: 'Type of the action.', example: 'add_tags' })
  type: string;

  @EnumField(['done', 'unchanged', 'failed', 'skipped'], {
    description:
      'Outcome of the action. `unchanged`: the action had no effect. `skipped`: an earlier action ' +
      'failed and `stop_on_error` is set.',
  })
  outcome: ActionResult['outcome'];

  @StringField({ description: 'Reason of the failure.', nullable: true, max: 2000, example: null })
  error: string | null;

  @JsonObjectField({
    description:
      'Texts that the templates of the action resulted in, by parameter: the first 2,000 characters. Null if the ' +
      'action has no templates or did not succeed.',
    nullable: true,
    schema: { type: 'object', additionalProperties: { type: 'string' } },
    example: { body: 'Hello Jane' },
  })
  rendered: Readonly<Record<string, string>> | null;

  @NestedListField(() => ActionEventDto, { description: 'Events that the action caused.' })
  events: ActionEventDto[];
}

/** Record of a rule that matched. Kept for 30 days. */
export class AutomationRunDto {
  @UuidField({ description: 'ID of the run.' })
  id: string;

  @UuidField({ description: 'ID of the automation.' })
  automation_id: string;

  @IntegerField({ description: 'Version of the automation that ran.', example: 1 })
  automation_version: number;

  @NestedField(() => RunSubjectDto, { description: 'Object that the automation ran on.' })
  subject: RunSubjectDto;

  @UuidField({ description: 'ID of the conversation, if the subject is one.', nullable: true })
  conversation_id: string | null;

  @UuidField({ description: 'ID of the event that triggered the run.' })
  event_id: string;

  @StringField({ description: 'Type of the event that triggered the run.', example: 'message.created' })
  event_type: string;

  @EnumField(RUN_OUTCOMES, {
    description:
      'Outcome of the run. `loop_stopped`: the rule matched, but was not run because its causation ' +
      'chain is too long.',
  })
  outcome: string;

  @NestedListField(() => ConditionDto, { description: 'Result and actual value of each condition.' })
  conditions: ConditionDto[];

  @NestedListField(() => ActionResultDto, { description: 'Result of each action.' })
  actions: ActionResultDto[];

  @NumberField({ description: 'Duration of the actions in milliseconds.', example: 4.21 })
  duration_ms: number;

  @IntegerField({ description: 'Number of events between the original request and this run.', example: 0 })
  depth: number;

  @DateField({ description: 'Time of the run.' })
  created_at: string;
}

/** Filter of the list of runs. */
export class AutomationRunListQueryDto extends PageQueryDto {
  @UuidField({ description: 'ID of the conversation to include.', optional: true })
  conversation_id?: string;

  @ListQueryField({ description: 'Outcomes to include.', values: RUN_OUTCOMES, example: 'failed,partly_failed' })
  outcome?: string[];
}

export function toConditionDto({
  path,
  field,
  operator,
  expected,
  actual,
  matched,
}: ConditionExplanation): ConditionDto {
  return { path, field, operator, ...(expected !== undefined && { expected }), actual, matched };
}

export function toActionResultDto({ type, outcome, error, rendered = null, events }: ActionResult): ActionResultDto {
  return { type, outcome, error, rendered, events: [...events] };
}

export function toAutomationRunDto(run: AutomationRunView): AutomationRunDto {
  return {
    id: run.id,
    automation_id: run.automationId,
    automation_version: run.automationVersion,
    conversation_id: run.subject.type === 'conversation' ? run.subject.id : null,
    subject: run.subject,
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
