import { isDeepStrictEqual } from 'node:util';
import { InvalidInputError, type InputIssue } from '@parley/kernel';
import type { Changed } from '@parley/kernel/events';
import { FILTER_LIMITS, parseFilter, type FieldCatalogue } from '@parley/kernel/filter';
import type { RuleContext } from './subjects/rule-subject.js';

/** Maximum number of imagined changes. */
export const MAX_CHANGES = 50;

const EVENT_PREFIX = /^(?:previous|changed)\./;

/**
 * Parses changes that a dry run imagines: a map from fields to the values before and after.
 * @throws DomainError BAD_REQUEST with the path of each unknown field and of each value that the field cannot have.
 */
export function parseChanges(input: Readonly<Record<string, unknown>>, fields: FieldCatalogue): Changed {
  const entries = Object.entries(input);
  if (entries.length > MAX_CHANGES)
    throw new InvalidInputError([{ path: ['changes'], message: `must have at most ${MAX_CHANGES} fields` }]);
  const issues: InputIssue[] = [];
  const changed = entries.map(([field, values]) => {
    const path = ['changes', field];
    const message = fieldIssue(field, fields) ?? pairIssue(values);
    if (message !== null) {
      issues.push({ path, message });
      return [field, null] as const;
    }
    const pair = (values as unknown[]).map((value, index) =>
      parseValue(field, value, fields, (issue) => issues.push({ path: [...path, index], message: issue })),
    );
    return [field, pair as Changed[string]] as const;
  });
  if (issues.length > 0) throw new InvalidInputError(issues, 'The changes are not valid');
  return Object.fromEntries(changed) as Changed;
}

function fieldIssue(field: string, fields: FieldCatalogue): string | null {
  if (EVENT_PREFIX.test(field)) return 'must be the field itself, without "previous." or "changed."';
  const parsed = parseFilter({ field, operator: 'is_present' }, fields, { purpose: 'memory' });
  return parsed.ok ? null : parsed.issues[0]!.message;
}

function pairIssue(values: unknown): string | null {
  if (!Array.isArray(values) || values.length !== 2) return 'must be a list of two values: before and after';
  return isDeepStrictEqual(values[0], values[1]) ? 'must have two different values' : null;
}

/** The data of a rule as it is right after an event with these changes. */
export function applyChanges(context: RuleContext, changed: Changed): RuleContext {
  const { event, readField } = context;
  return {
    ...context,
    event: { ...event, changed },
    readField: (name) => (Object.hasOwn(changed, name) ? changed[name]![1] : readField(name)),
  };
}

/** A value that the field can have: null, one that `changed_to` accepts, or a list of these for lists of texts. */
function parseValue(field: string, value: unknown, fields: FieldCatalogue, report: (message: string) => void): unknown {
  const isList = fields.resolve(field)?.type === 'text_list';
  if (isList && value !== null && !isTextList(value))
    return void report(`must be a list of at most ${FILTER_LIMITS.listValues} texts`);
  if (isList && Array.isArray(value)) return value.map((item) => parseItem(field, item, fields, report));
  return parseItem(field, value, fields, report);
}

function isTextList(value: unknown): value is string[] {
  const isList = Array.isArray(value) && value.length <= FILTER_LIMITS.listValues;
  return isList && value.every((item) => typeof item === 'string');
}

function parseItem(field: string, value: unknown, fields: FieldCatalogue, report: (message: string) => void): unknown {
  const parsed = parseFilter({ field, operator: 'changed_to', value }, fields, { purpose: 'memory' });
  if (!parsed.ok) return void parsed.issues.forEach(({ message }) => report(message));
  return (parsed.filter.source as { readonly value?: unknown }).value;
}
