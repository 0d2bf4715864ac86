import { SetMetadata } from '@nestjs/common';
import type { ReferenceTarget } from '../references/reference.js';

/** A JSON Schema. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The object that a rule acts on. */
export interface SubjectRef {
  /** `conversation`, `ticket`, `contact` … */
  readonly type: string;
  readonly id: string;
}

/** Target of an action. */
export interface ActionTarget {
  readonly workspaceId: string;
  readonly subject: SubjectRef;
  /** Name of the rule: the author name of notes and replies. */
  readonly authorName: string;
  /** Variables for templates, such as `contact` and `conversation`. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Parameters of an action, valid by its schema. */
export type ActionParameters = Readonly<Record<string, unknown>>;

/** What the handler of an action with templates returns. */
export interface RenderedTemplates {
  /** The texts that the templates result in, by parameter. */
  readonly rendered: Readonly<Record<string, string>>;
}

/** What an action does to the fields of its subject. */
export interface ActionOutcome {
  /** Values that fields have after the action; null for none. Includes fields of the message that it creates. */
  readonly values?: Readonly<Record<string, string | number | boolean | null>>;
  /** Values that fields can have before the action when it succeeds. Default: any. */
  readonly before?: Readonly<Record<string, readonly (string | number | boolean | null)[]>>;
  /** Items that lists have after the action, by the keys that filters compare. */
  readonly lists?: Readonly<
    Record<
      string,
      { readonly added?: readonly string[]; readonly removed?: readonly string[]; readonly all?: readonly string[] }
    >
  >;
  /** Other fields that it can change. */
  readonly unknown?: readonly string[];
}

/** What the owner of an action declares about it. */
export interface AutomationActionOptions {
  readonly description: string;
  /** Types of the subjects that the action applies to. */
  readonly subjects: readonly string[];
  /** Event types that the action can cause; used to find cycles of rules. At least one. */
  readonly effects: readonly string[];
  /** JSON schemas of the parameters. All are required except the `optional` ones. */
  readonly parameters?: Readonly<Record<string, JsonSchema>>;
  readonly optional?: readonly string[];
  /** Names of the parameters that are Liquid templates. The handler returns {@link RenderedTemplates}. */
  readonly templateParameters?: readonly string[];
  /**
   * The parameters that refer to objects: texts, or lists of texts, with the object that a text refers to; null if it
   * cannot be one.
   */
  readonly references?: Readonly<Record<string, (value: string) => ReferenceTarget | null>>;
  /**
   * What the action does to the fields of filters; used to find cycles of rules. Default: it can change any of them. The
   * parameters can be invalid.
   */
  readonly outcome?: (parameters: ActionParameters) => ActionOutcome;
}

/** An action type. */
export interface ActionDefinition extends Required<Omit<AutomationActionOptions, 'optional' | 'outcome'>> {
  readonly type: string;
  readonly outcome?: AutomationActionOptions['outcome'];
  /** Names of the required parameters. */
  readonly required: readonly string[];
}

type ActionMethod = <Method extends (target: ActionTarget, parameters: never) => Promise<unknown>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<Method>,
) => void;

/** Metadata key of {@link AutomationAction}. */
export const AUTOMATION_ACTION = 'parley.automation-action';

const definitions = new Map<string, ActionDefinition>();

/**
 * Makes a method the handler of an action type of rules and macros. It runs in the unit of work of the run as the
 * automation, and throws a DomainError to fail. Validation and documentation use the declared schema.
 * @throws Error when the type has another owner.
 */
export function AutomationAction(type: string, options: AutomationActionOptions): ActionMethod {
  if (definitions.has(type)) throw new Error(`The action ${type} is defined twice`);
  if (options.effects.length === 0) throw new Error(`The action ${type} has no effects`);
  const { optional = [], parameters = {}, templateParameters = [], references = {}, ...rest } = options;
  const required = Object.keys(parameters).filter((name) => !optional.includes(name));
  definitions.set(type, { ...rest, type, parameters, templateParameters, references, required });
  return SetMetadata(AUTOMATION_ACTION, type);
}

/** All action types of the loaded domains, in the order of their declaration. */
export function actionDefinitions(): readonly ActionDefinition[] {
  return [...definitions.values()];
}

/** The definition of an action type, or null. */
export function findActionDefinition(type: string): ActionDefinition | null {
  return definitions.get(type) ?? null;
}

/** The JSON schema of an action. */
export function actionSchema({ type, description, parameters, required }: ActionDefinition): JsonSchema {
  return {
    type: 'object',
    description,
    required: ['type', ...required],
    additionalProperties: false,
    properties: { type: { type: 'string', enum: [type], description: 'Type of the action.' }, ...parameters },
  };
}

/** Name of the schema of {@link actionsSchema} in OpenAPI documents. */
export const ACTIONS_SCHEMA_NAME = 'AutomationActions';

/** Reference to the schema of a list of actions, for DTO fields. */
export const ACTIONS_REFERENCE = { allOf: [{ $ref: `#/components/schemas/${ACTIONS_SCHEMA_NAME}` }] } as const;

/** Limits of a list of actions. */
export const MIN_ACTIONS = 1;
export const MAX_ACTIONS = 30;

/** The schemas of a list of actions and of each action of the loaded domains, by their names in OpenAPI documents. */
export function actionSchemas(): Readonly<Record<string, JsonSchema>> {
  const named = actionDefinitions().map((definition) => [actionSchemaName(definition), definition] as const);
  const references = named.map(([name, { type }]) => [type, `#/components/schemas/${name}`] as const);
  return {
    [ACTIONS_SCHEMA_NAME]: {
      type: 'array',
      minItems: MIN_ACTIONS,
      maxItems: MAX_ACTIONS,
      items: {
        oneOf: references.map(([, $ref]) => ({ $ref })),
        discriminator: { propertyName: 'type', mapping: Object.fromEntries(references) },
      },
    },
    ...Object.fromEntries(named.map(([name, definition]) => [name, actionSchema(definition)])),
  };
}

/** `AddTagsAction` for `add_tags`. */
function actionSchemaName({ type }: ActionDefinition): string {
  return `${type.replace(/(^|_)([a-z])/g, (_all, _dash, letter: string) => letter.toUpperCase())}Action`;
}
