import type { FieldPath } from '@parley/kernel';
import {
  actionDefinitions,
  actionSchema,
  findActionDefinition,
  MAX_ACTIONS,
  MIN_ACTIONS,
  type ActionDefinition,
} from '@parley/kernel/automation';
import { nearestName } from '@parley/kernel/filter';
import type { Problem, Reference } from '@parley/kernel/references';
import { templateReferences, validateTemplate } from '@parley/messaging';
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

function errorPath(path: FieldPath, { instancePath, params, keyword }: ErrorObject): FieldPath {
  const innerPath = instancePath
    .split('/')
    .slice(1)
    .map((segment) => (/^\d+$/.test(segment) ? Number(segment) : segment));
  const missingField = keyword === 'required' ? [(params as { missingProperty: string }).missingProperty] : [];
  const unknownField =
    keyword === 'additionalProperties' ? [(params as { additionalProperty: string }).additionalProperty] : [];
  return [...path, ...innerPath, ...missingField, ...unknownField];
}

function errorMessage({ keyword, message, params }: ErrorObject): string {
  if (keyword === 'required') return 'is required';
  if (keyword === 'additionalProperties') return 'is not a known field';
  if (keyword === 'enum') return `must be one of ${(params as { allowedValues: unknown[] }).allowedValues.join(', ')}`;
  return message ?? 'is not valid';
}

function validateAction(action: unknown, path: FieldPath, subjectType: string): Problem[] {
  if (typeof action !== 'object' || action === null || Array.isArray(action))
    return [{ path, code: 'invalid', message: 'must be an object with a "type"', target: null }];
  const { type } = action as Action;
  const available = actionDefinitions().filter(({ subjects }) => subjects.includes(subjectType));
  const definition = available.find((candidate) => candidate.type === type);
  if (!definition) {
    const names = available.map((candidate) => candidate.type);
    const suggestion = typeof type === 'string' ? nearestName(type, names) : undefined;
    const message = suggestion
      ? `is not an action type; did you mean "${suggestion}"? GET /v1/automations/actions lists all types`
      : `must be one of ${names.join(', ')}`;
    return [{ path: [...path, 'type'], code: 'unknown_action', message, target: null }];
  }
  return [...validateShape(action, path, definition), ...validateTemplates(action as Action, path, definition)];
}

function validateShape(action: object, path: FieldPath, definition: ActionDefinition): Problem[] {
  const validate = validatorOf(definition);
  if (validate(action)) return [];
  return (validate.errors ?? []).map((error) => ({
    path: errorPath(path, error),
    code: 'invalid',
    message: errorMessage(error),
    target: null,
  }));
}

function validateTemplates(action: Action, path: FieldPath, { templateParameters }: ActionDefinition): Problem[] {
  return templateParameters.flatMap((name) => {
    const template = action[name];
    if (typeof template !== 'string') return [];
    return validateTemplate(template).map((message) => ({
      path: [...path, name],
      code: 'invalid' as const,
      message,
      target: null,
    }));
  });
}

/** The references of actions that can be invalid. */
export function actionReferences(actions: unknown): Reference[] {
  if (!Array.isArray(actions) || actions.length > MAX_ACTIONS) return [];
  return (actions as unknown[]).flatMap((action, index) => {
    if (typeof action !== 'object' || action === null) return [];
    const { type, ...parameters } = action as Action;
    const references = Object.entries((typeof type === 'string' && findActionDefinition(type)?.references) || {});
    return references.flatMap(([name, toTarget]) =>
      valuesOf(parameters[name]).flatMap(([suffix, value]): Reference[] => {
        const target = toTarget(value);
        return target === null ? [] : [{ path: ['actions', index, name, ...suffix], target, mustBeActive: true }];
      }),
    );
  });
}

/** The references of the templates of actions that can be invalid. */
export function actionTemplateReferences(actions: unknown): Reference[] {
  if (!Array.isArray(actions) || actions.length > MAX_ACTIONS) return [];
  return (actions as unknown[]).flatMap((action, index) => {
    const { type, ...parameters } = (action ?? {}) as Action;
    const names = (typeof type === 'string' && findActionDefinition(type)?.templateParameters) || [];
    return names.flatMap((name) => {
      const template = parameters[name];
      return typeof template === 'string' ? templateReferences(template, ['actions', index, name]) : [];
    });
  });
}

/** The texts of a parameter with their paths in it. */
function valuesOf(parameter: unknown): (readonly [path: FieldPath, value: string])[] {
  if (typeof parameter === 'string') return [[[], parameter]];
  if (!Array.isArray(parameter)) return [];
  return parameter.flatMap((value, index) => (typeof value === 'string' ? [[[index], value] as const] : []));
}

/**
 * Validates the structure and templates of a list of actions on a type of subject. Does not check that referenced
 * objects exist. The names of parameters are those of the rule language.
 */
export function validateActions(actions: unknown, subjectType: string): Problem[] {
  if (!Array.isArray(actions) || actions.length < MIN_ACTIONS || actions.length > MAX_ACTIONS)
    return [
      {
        path: ['actions'],
        code: 'invalid',
        message: `must be a list of ${MIN_ACTIONS} to ${MAX_ACTIONS} actions`,
        target: null,
      },
    ];
  return actions.flatMap((action, index) => validateAction(action, ['actions', index], subjectType));
}
