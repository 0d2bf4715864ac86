import {
  Choice,
  Decimal,
  Flag,
  Id,
  Integer,
  JsonObject,
  NestedList,
  PageQueryDto,
  QueryList,
  Text,
  Time,
  Unchecked,
  type Changed,
  type ConditionExplanation,
} from '@parley/kernel';
import { RUN_OUTCOMES, type ActionResult, type AutomationRunView } from '../automation-run.view.js';

const ANY = { description: 'Any JSON.' };

/** One condition and how it came out. */
export class ConditionDto {
  @Text({ description: 'Where it stands in the filter.', example: 'filter.all[0]' })
  path: string;

  @Text({ description: 'The field it looks at.', example: 'message.body' })
  field: string;

  @Text({ description: 'How it compares.', example: 'contains' })
  operator: string;

  @Unchecked(ANY, {
    description: 'What it compares with; left out where the operator takes no value.',
    optional: true,
    example: 'invoice',
  })
  expected?: unknown;

  @Unchecked(ANY, { description: 'What the field held; long texts are cut short.', example: 'Where is my invoice?' })
  actual: unknown;

  @Flag({ description: 'Whether it held.', example: true })
  held: boolean;
}

/** One thing that an action set off. */
export class ActionEventDto {
  @Text({ description: 'Name of the event.', example: 'conversation.tagged' })
  type: string;

  @Id({ description: 'What it is about.' })
  subject_id: string;

  @JsonObject({
    description: 'Each field that changed with its value before and after.',
    nullable: true,
    example: { tags: [['web'], ['web', 'billing']] },
  })
  changed: Changed | null;
}

/** How one action came out. */
export class ActionResultDto {
  @Text({ description: 'What was to be done.', example: 'add_tags' })
  type: string;

  @Choice(['done', 'unchanged', 'failed', 'left_out'], {
    description: '`unchanged` had nothing left to do; `left_out` came after one that failed.',
  })
  outcome: ActionResult['outcome'];

  @Text({ description: 'Why it failed.', nullable: true, max: 2000, example: null })
  error: string | null;

  @NestedList(() => ActionEventDto, { description: 'What it set off.' })
  events: ActionEventDto[];
}

/** The record of a rule that matched. Kept for thirty days. */
export class AutomationRunDto {
  @Id({ description: 'Id of the run.' })
  id: string;

  @Id({ description: 'The rule.' })
  automation_id: string;

  @Integer({ description: 'The version of the rule that ran.', example: 1 })
  automation_version: number;

  @Id({ description: 'The conversation it ran for.' })
  conversation_id: string;

  @Id({ description: 'The event that set it off.' })
  event_id: string;

  @Text({ description: 'Name of that event.', example: 'message.created' })
  event_type: string;

  @Choice(RUN_OUTCOMES, { description: '`loop_stopped`: it matched, but its chain of causes had become too long.' })
  outcome: string;

  @NestedList(() => ConditionDto, { description: 'Which condition held with which value.' })
  conditions: ConditionDto[];

  @NestedList(() => ActionResultDto, { description: 'How each action came out.' })
  actions: ActionResultDto[];

  @Decimal({ description: 'Milliseconds that its actions took.', example: 4.21 })
  duration_ms: number;

  @Integer({ description: 'Events between a request and this run.', example: 0 })
  depth: number;

  @Time({ description: 'When it ran.' })
  created_at: string;
}

/** Which runs to list. */
export class AutomationRunListQueryDto extends PageQueryDto {
  @Id({ description: 'Only for this conversation.', optional: true })
  conversation_id?: string;

  @QueryList({ description: 'Only with these outcomes.', values: RUN_OUTCOMES, example: 'failed,partly_failed' })
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
