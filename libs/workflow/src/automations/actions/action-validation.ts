import { nearestName } from '@parley/kernel';
import { templateFaults } from '@parley/messaging';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { Action } from '../automation.view.js';
import { ACTION_TYPES, ACTIONS_SCHEMA, schemaOf } from './action-types.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, formats: { uuid: UUID } });
const validators = new Map<string, ValidateFunction>(
  Object.keys(ACTION_TYPES).map((name) => [name, ajv.compile(schemaOf(name))]),
);

/** Faults by the path of what is wrong: `actions[1].team_id`. */
export type Faults = Record<string, string[]>;

function where(path: string, { instancePath, params, keyword }: ErrorObject): string {
  const inner = instancePath.replace(/\/(\d+)/g, '[$1]').replaceAll('/', '.');
  const missing = keyword === 'required' ? `.${(params as { missingProperty: string }).missingProperty}` : '';
  const extra =
    keyword === 'additionalProperties' ? `.${(params as { additionalProperty: string }).additionalProperty}` : '';
  return `${path}${inner}${missing}${extra}`;
}

function words({ keyword, message, params }: ErrorObject): string {
  if (keyword === 'required') return 'is required';
  if (keyword === 'additionalProperties') return 'is not a known field';
  if (keyword === 'enum') return `must be one of ${(params as { allowedValues: unknown[] }).allowedValues.join(', ')}`;
  return message ?? 'is not valid';
}

function note(faults: Faults, path: string, message: string): void {
  (faults[path] ??= []).push(message);
}

function checkOne(action: unknown, path: string, faults: Faults): void {
  if (typeof action !== 'object' || action === null || Array.isArray(action))
    return note(faults, path, 'must be an object with a "type"');
  const { type } = action as Action;
  const validate = typeof type === 'string' ? validators.get(type) : undefined;
  if (!validate) {
    const near = typeof type === 'string' ? nearestName(type, validators.keys()) : undefined;
    return note(
      faults,
      `${path}.type`,
      near ? `there is no such action: did you mean "${near}"?` : `must be one of ${[...validators.keys()].join(', ')}`,
    );
  }
  if (!validate(action)) {
    for (const error of validate.errors ?? []) note(faults, where(path, error), words(error));
    return;
  }
  for (const name of ACTION_TYPES[type]!.texts) {
    for (const message of templateFaults((action as Action)[name] as string)) note(faults, `${path}.${name}`, message);
  }
}

/** Checks the form of a list of actions, and that their texts can be rendered. Whether what they refer to is there is asked elsewhere. */
export function actionFaults(actions: unknown): Faults {
  const faults: Faults = {};
  const { minItems, maxItems } = ACTIONS_SCHEMA;
  if (!Array.isArray(actions) || actions.length < minItems || actions.length > maxItems) {
    note(faults, 'actions', `must be a list of ${minItems} to ${maxItems} actions`);
    return faults;
  }
  actions.forEach((action, index) => checkOne(action, `actions[${index}]`, faults));
  return faults;
}
