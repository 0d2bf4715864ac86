import {
  actionDefinitions,
  actionSchema,
  MAX_ACTIONS,
  MIN_ACTIONS,
  type ActionDefinition,
} from '@parley/kernel/automation';
import { nearestName } from '@parley/kernel/filter';
import { validateTemplate } from '@parley/messaging';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { Action } from '../automation.view.js';

const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, formats: { uuid: UUID_PATTERN } });
const validators = new Map<string, ValidateFunction>();

function validatorOf(definition: ActionDefinition): ValidateFunction {
  const existing = validators.get(definition.type);
  if (existing) return existing;
  const validate = ajv.compile(actionSchema(definition));
  validators.set(definition.type, validate);
  return validate;
}

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

function validateAction(action: unknown, path: string, subjectType: string, errors: FieldErrors): void {
  if (typeof action !== 'object' || action === null || Array.isArray(action))
    return addError(errors, path, 'must be an object with a "type"');
  const { type } = action as Action;
  const available = actionDefinitions().filter(({ subjects }) => subjects.includes(subjectType));
  const definition = available.find((candidate) => candidate.type === type);
  if (!definition) {
    const names = available.map((candidate) => candidate.type);
    const suggestion = typeof type === 'string' ? nearestName(type, names) : undefined;
    return addError(
      errors,
      `${path}.type`,
      suggestion ? `is not an action type; did you mean "${suggestion}"?` : `must be one of ${names.join(', ')}`,
    );
  }
  const validate = validatorOf(definition);
  if (!validate(action)) {
    for (const error of validate.errors ?? []) addError(errors, errorPath(path, error), errorMessage(error));
    return;
  }
  for (const name of definition.templateParameters) {
    for (const message of validateTemplate((action as Action)[name] as string))
      addError(errors, `${path}.${name}`, message);
  }
}

/**
 * Validates the structure and templates of a list of actions on a type of subject. Does not check that referenced
 * objects exist.
 */
export function validateActions(actions: unknown, subjectType: string): FieldErrors {
  const errors: FieldErrors = {};
  if (!Array.isArray(actions) || actions.length < MIN_ACTIONS || actions.length > MAX_ACTIONS) {
    addError(errors, 'actions', `must be a list of ${MIN_ACTIONS} to ${MAX_ACTIONS} actions`);
    return errors;
  }
  actions.forEach((action, index) => validateAction(action, `actions[${index}]`, subjectType, errors));
  return errors;
}
