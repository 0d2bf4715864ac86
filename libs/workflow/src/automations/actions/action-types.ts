import { CONVERSATION_STATUSES, PRIORITIES } from '@parley/messaging';

type JsonSchema = Readonly<Record<string, unknown>>;

/** Type of an action: its parameters and effects. */
export interface ActionType {
  readonly description: string;
  /** JSON schemas of the parameters. */
  readonly parameters: Readonly<Record<string, JsonSchema>>;
  readonly required: readonly string[];
  /** Event types that it can cause; used to find cycles of rules. */
  readonly effects: readonly string[];
  /** Names of the parameters that are Liquid templates. */
  readonly templateParameters: readonly string[];
}

const idSchema = (description: string): JsonSchema => ({ type: 'string', format: 'uuid', description });
const tagsSchema: JsonSchema = {
  type: 'array',
  minItems: 1,
  maxItems: 50,
  items: { type: 'string', minLength: 1, maxLength: 100 },
  description: 'Tag names. Tags that do not exist are created.',
};
const textSchema = (description: string): JsonSchema => ({
  type: 'string',
  minLength: 1,
  maxLength: 20_000,
  description,
});

function defineActionType(
  description: string,
  effects: readonly string[],
  parameters: Record<string, JsonSchema> = {},
  options: { optional?: readonly string[]; templateParameters?: readonly string[] } = {},
): ActionType {
  const { optional = [], templateParameters = [] } = options;
  return {
    description,
    effects,
    parameters,
    templateParameters,
    required: Object.keys(parameters).filter((name) => !optional.includes(name)),
  };
}

const STATUS_EVENTS = [
  'conversation.status_changed',
  'conversation.resolved',
  'conversation.reopened',
  'conversation.closed',
  'conversation.snoozed',
  'conversation.unsnoozed',
];

/** All actions of rules. Validation, documentation and execution use this list. */
export const ACTION_TYPES: Readonly<Record<string, ActionType>> = {
  add_tags: defineActionType('Adds tags.', ['conversation.tagged'], { tags: tagsSchema }),
  remove_tags: defineActionType('Removes tags.', ['conversation.untagged'], { tags: tagsSchema }),
  set_tags: defineActionType('Replaces all tags.', ['conversation.tagged', 'conversation.untagged'], {
    tags: { ...tagsSchema, minItems: 0 },
  }),
  assign_user: defineActionType('Assigns the conversation to a user.', ['conversation.assigned'], {
    user_id: idSchema('ID of an active user.'),
  }),
  assign_team: defineActionType('Assigns the conversation to a team.', ['conversation.team_assigned'], {
    team_id: idSchema('ID of a team.'),
  }),
  unassign: defineActionType('Removes the assigned user.', ['conversation.unassigned']),
  set_priority: defineActionType('Sets the priority.', ['conversation.priority_changed'], {
    priority: { type: 'string', enum: PRIORITIES, description: 'New priority.' },
  }),
  set_status: defineActionType('Sets the status. Fails if the transition is not allowed.', STATUS_EVENTS, {
    status: {
      type: 'string',
      enum: CONVERSATION_STATUSES.filter((status) => status !== 'snoozed'),
      description: 'New status. Use the action `snooze` to snooze.',
    },
  }),
  snooze: defineActionType(
    'Snoozes the conversation.',
    ['conversation.snoozed'],
    {
      duration_seconds: {
        type: 'integer',
        minimum: 60,
        maximum: 31_536_000,
        description: 'Duration of the snooze in seconds. If omitted, the snooze ends when the customer writes.',
      },
    },
    { optional: ['duration_seconds'] },
  ),
  resolve: defineActionType('Resolves the conversation.', ['conversation.resolved']),
  reopen: defineActionType('Reopens the conversation.', [
    'conversation.reopened',
    'conversation.unsnoozed',
    'conversation.status_changed',
  ]),
  close: defineActionType('Closes the conversation.', ['conversation.closed']),
  set_field: defineActionType('Sets a custom field of the conversation; `null` removes it.', ['conversation.updated'], {
    field: {
      type: 'string',
      minLength: 1,
      maxLength: 100,
      pattern: '^(?!__proto__$|constructor$|prototype$)[A-Za-z0-9_.-]+$',
      description: 'Name of the custom field.',
    },
    value: { type: ['string', 'number', 'boolean', 'null'], maxLength: 5000, description: 'New value.' },
  }),
  add_note: defineActionType(
    'Adds a note.',
    ['note.created'],
    { body: textSchema('Text of the note. Liquid template.') },
    { templateParameters: ['body'] },
  ),
  send_reply: defineActionType(
    'Sends a reply to the customer.',
    ['message.created'],
    { body: textSchema('Text of the reply. Liquid template.') },
    { templateParameters: ['body'] },
  ),
};

/** Returns the JSON schema of an action type. */
export function actionSchema(name: string): JsonSchema {
  const { description, parameters, required } = ACTION_TYPES[name]!;
  return {
    type: 'object',
    description,
    required: ['type', ...required],
    additionalProperties: false,
    properties: { type: { type: 'string', enum: [name], description: 'Type of the action.' }, ...parameters },
  };
}

/** JSON schema of a list of actions, for the documentation. */
export const ACTIONS_SCHEMA = {
  type: 'array',
  minItems: 1,
  maxItems: 30,
  items: { oneOf: Object.keys(ACTION_TYPES).map(actionSchema) },
} as const;
