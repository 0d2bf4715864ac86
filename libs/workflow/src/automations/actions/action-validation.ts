import { nearestName } from '@parley/kernel/filter';
import { validateTemplate } from '@parley/messaging';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { Action } from '../automation.view.js';
import { ACTION_TYPES, ACTIONS_SCHEMA, actionSchema } from './action-types.js';

const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, formats: { uuid: UUID_PATTERN } });
const validators = new Map<string, ValidateFunction>(
  Object.keys(ACTION_TYPES).map((name) => [name, ajv.compile(actionSchema(name))]),
);

/** Error messages by path: `actions[1].team_id`. */
export type FieldErrors = Record<string, string[]>;

function errorPath(path: string, { instancePath, params, keyword }: ErrorObject): string {
  const innerPath = instancePath.replace(/\/(\d+)/g, '[$1]').replaceAll('/', '.');
  const missingField = keyword === 'required' ? `.${(params as { missingProperty: string }).missingProperty}` : '';
  const unknownField =
    keyword === 'additionalProperties' ? `.${(params as { additionalProperty: string }).additionalProperty}` : '';
  return `${path}${innerPath}${missingField}${unknownField}`;
}

function errorMessage({ keyword, message, params }: ErrorObject): string {
  if (keyword === 'required') return 'is required';
  if (keyword === 'additionalProperties') return 'is not a known field';
  if (keyword === 'enum') return `must be one of ${(params as { allowedValues: unknown[] }).allowedValues.join(', ')}`;
  return message ?? 'is not valid';
}

function addError(errors: FieldErrors, path: string, message: string): void {
  (errors[path] ??= []).push(message);
}

function validateAction(action: unknown, path: string, errors: FieldErrors): void {
  if (typeof action !== 'object' || action === null || Array.isArray(action))
    return addError(errors, path, 'must be an object with a "type"');
  const { type } = action as Action;
  const validate = typeof type === 'string' ? validators.get(type) : undefined;
  if (!validate) {
    const suggestion = typeof type === 'string' ? nearestName(type, validators.keys()) : undefined;
    return addError(
      errors,
      `${path}.type`,
      suggestion
        ? `is not an action type; did you mean "${suggestion}"?`
        : `must be one of ${[...validators.keys()].join(', ')}`,
    );
  }
  if (!validate(action)) {
    for (const error of validate.errors ?? []) addError(errors, errorPath(path, error), errorMessage(error));
    return;
  }
  for (const name of ACTION_TYPES[type]!.templateParameters) {
    for (const message of validateTemplate((action as Action)[name] as string))
      addError(errors, `${path}.${name}`, message);
  }
}

/** Validates the structure and templates of a list of actions. Does not check that referenced objects exist. */
export function validateActions(actions: unknown): FieldErrors {
  const errors: FieldErrors = {};
  const { minItems, maxItems } = ACTIONS_SCHEMA;
  if (!Array.isArray(actions) || actions.length < minItems || actions.length > maxItems) {
    addError(errors, 'actions', `must be a list of ${minItems} to ${maxItems} actions`);
    return errors;
  }
  actions.forEach((action, index) => validateAction(action, `actions[${index}]`, errors));
  return errors;
}
