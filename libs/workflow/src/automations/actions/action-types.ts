import { CONVERSATION_STATUSES, PRIORITIES } from '@parley/messaging';

type JsonSchema = Readonly<Record<string, unknown>>;

/** What a kind of action takes and what it can set off. */
export interface ActionType {
  readonly description: string;
  /** JSON schemas of its parameters. */
  readonly parameters: Readonly<Record<string, JsonSchema>>;
  readonly required: readonly string[];
  /** Events that it can cause, for finding rules that feed themselves. */
  readonly effects: readonly string[];
  /** Parameters that are Liquid texts. */
  readonly templateParameters: readonly string[];
}

const idSchema = (description: string): JsonSchema => ({ type: 'string', format: 'uuid', description });
const tagsSchema: JsonSchema = {
  type: 'array',
  minItems: 1,
  maxItems: 50,
  items: { type: 'string', minLength: 1, maxLength: 100 },
  description: 'Names of tags; unknown ones register themselves.',
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

/** Everything that rules can do; the one list that validation, documentation and running share. */
export const ACTION_TYPES: Readonly<Record<string, ActionType>> = {
  add_tags: defineActionType('Adds tags.', ['conversation.tagged'], { tags: tagsSchema }),
  remove_tags: defineActionType('Removes tags.', ['conversation.untagged'], { tags: tagsSchema }),
  set_tags: defineActionType('Replaces all tags.', ['conversation.tagged', 'conversation.untagged'], {
    tags: { ...tagsSchema, minItems: 0 },
  }),
  assign_user: defineActionType('Gives the conversation to a user.', ['conversation.assigned'], {
    user_id: idSchema('An active user.'),
  }),
  assign_team: defineActionType('Gives the conversation to a team.', ['conversation.team_assigned'], {
    team_id: idSchema('A team.'),
  }),
  unassign: defineActionType('Takes the conversation from its user.', ['conversation.unassigned']),
  set_priority: defineActionType('Sets the priority.', ['conversation.priority_changed'], {
    priority: { type: 'string', enum: PRIORITIES, description: 'The priority.' },
  }),
  set_status: defineActionType('Sets the status; an illegal step fails.', STATUS_EVENTS, {
    status: {
      type: 'string',
      enum: CONVERSATION_STATUSES.filter((status) => status !== 'snoozed'),
      description: 'The status; to snooze there is an action of its own.',
    },
  }),
  snooze: defineActionType(
    'Puts the conversation aside.',
    ['conversation.snoozed'],
    {
      duration_seconds: {
        type: 'integer',
        minimum: 60,
        maximum: 31_536_000,
        description: 'For how long; left out, until the customer writes.',
      },
    },
    { optional: ['duration_seconds'] },
  ),
  resolve: defineActionType('Resolves the conversation.', ['conversation.resolved']),
  reopen: defineActionType('Opens the conversation again.', [
    'conversation.reopened',
    'conversation.unsnoozed',
    'conversation.status_changed',
  ]),
  close: defineActionType('Closes the conversation.', ['conversation.closed']),
  set_field: defineActionType(
    'Sets a field of your own on the conversation; null removes it.',
    ['conversation.updated'],
    {
      field: {
        type: 'string',
        minLength: 1,
        maxLength: 100,
        pattern: '^(?!__proto__$|constructor$|prototype$)[A-Za-z0-9_.-]+$',
        description: 'Name of the field.',
      },
      value: { type: ['string', 'number', 'boolean', 'null'], maxLength: 5000, description: 'Its value.' },
    },
  ),
  add_note: defineActionType(
    'Writes a note for the team.',
    ['note.created'],
    { body: textSchema('What it says; takes Liquid variables.') },
    { templateParameters: ['body'] },
  ),
  send_reply: defineActionType(
    'Replies to the customer.',
    ['message.created'],
    { body: textSchema('What it says; takes Liquid variables.') },
    { templateParameters: ['body'] },
  ),
};

/** The JSON schema of one kind of action. */
export function actionSchema(name: string): JsonSchema {
  const { description, parameters, required } = ACTION_TYPES[name]!;
  return {
    type: 'object',
    description,
    required: ['type', ...required],
    additionalProperties: false,
    properties: { type: { type: 'string', enum: [name], description: 'What to do.' }, ...parameters },
  };
}

/** The JSON schema of a list of actions, for the documentation. */
export const ACTIONS_SCHEMA = {
  type: 'array',
  minItems: 1,
  maxItems: 30,
  items: { oneOf: Object.keys(ACTION_TYPES).map(actionSchema) },
} as const;
