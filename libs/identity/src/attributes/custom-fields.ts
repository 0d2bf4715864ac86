import { invalidInputError, sentence, type InputIssue } from '@parley/kernel';
import { matchesPattern, parseInstant, patternIssue } from '@parley/kernel/filter';
import type { AttributeDefinitionView, AttributeType } from './attribute-definition.view.js';

/** Custom fields by key. */
export type CustomFields = Readonly<Record<string, unknown>>;

/** Maximum size of all custom fields as JSON, in bytes. */
const MAX_BYTES = 65_536;

/** Merges changes into custom fields by key; null removes a field. */
export function mergeCustomFields(existing: CustomFields, changes: CustomFields): CustomFields {
  return Object.fromEntries(Object.entries({ ...existing, ...changes }).filter(([, value]) => value !== null));
}

/** Checks the total size, because several requests can add fields. @throws DomainError BAD_REQUEST */
export function assertCustomFieldsSize(fields: CustomFields): void {
  if (Buffer.byteLength(JSON.stringify(fields)) > MAX_BYTES)
    throw invalidInputError('customFields', `must not exceed ${MAX_BYTES} bytes in total, including existing fields`);
}

/** The parts of a definition that restrict values. */
export type ValueRule = Pick<AttributeDefinitionView, 'key' | 'type' | 'options' | 'regex' | 'regexHint'>;

const MAX_SHOWN_OPTIONS = 20;

function isLink(value: string): boolean {
  return value.length <= 2048 && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value);
}

function formatOptions(options: readonly string[]): string {
  return options.slice(0, MAX_SHOWN_OPTIONS).join(', ') + (options.length > MAX_SHOWN_OPTIONS ? ', …' : '');
}

const VALIDATE_BY_TYPE: Readonly<Record<AttributeType, (value: unknown, rule: ValueRule) => string | null>> = {
  text: (value, { regex, regexHint }) => {
    if (typeof value !== 'string') return 'must be a string';
    return regex === null || matchesPattern(regex, value) ? null : (regexHint ?? `must match the pattern ${regex}`);
  },
  number: (value) => (isNumber(value) ? null : 'must be a number'),
  currency: (value) => (isNumber(value) ? null : 'must be a number (an amount of money)'),
  date: (value) =>
    typeof value === 'string' && parseInstant(value) !== undefined
      ? null
      : 'must be a date such as 2026-01-15, or an RFC 3339 date and time with a time zone',
  list: (value, { options }) =>
    typeof value === 'string' && options.includes(value) ? null : `must be one of: ${formatOptions(options)}`,
  checkbox: (value) => (typeof value === 'boolean' ? null : 'must be true or false'),
  link: (value) => (typeof value === 'string' && isLink(value) ? null : 'must be an http or https URL'),
};

/** The prefix of custom fields in filters, which is no part of their keys. */
const FILTER_PREFIX = /^(?:(?:contact|conversation|company|ticket)\.)?custom_fields\.(?=.)/;

/** The issues of keys that start with the prefix of filters. Such values can be removed, but not set. */
export function validateKeys(fields: Readonly<Record<string, unknown>>): InputIssue[] {
  return Object.entries(fields).flatMap(([key, value]) => {
    const [prefix] = FILTER_PREFIX.exec(key) ?? [];
    if (prefix === undefined || value === null) return [];
    const message = sentence`${key} must not start with "${prefix}"; use "${key.slice(prefix.length)}"`;
    return [{ path: ['customFields', key], message }];
  });
}

/**
 * Validates custom fields. Returns their issues, with paths such as `['customFields', 'plan']`. Null is always valid, because it removes the value.
 * @param strict if true, fields without a definition are invalid.
 */
export function validateValues(
  fields: Readonly<Record<string, unknown>>,
  rules: readonly ValueRule[],
  strict: boolean,
): InputIssue[] {
  const byKey = new Map(rules.map((rule) => [rule.key, rule]));
  const issues: InputIssue[] = validateKeys(fields);
  for (const [key, value] of Object.entries(fields)) {
    const rule = byKey.get(key);
    if (value === null || (!rule && !strict) || FILTER_PREFIX.test(key)) continue;
    const error = rule ? VALIDATE_BY_TYPE[rule.type](value, rule) : 'is not a defined field';
    if (error) issues.push({ path: ['customFields', key], message: sentence`${key} ${error}` });
  }
  return issues;
}

/** Validates a definition. Returns its issues. */
export function validateDefinition({
  type,
  options,
  regex,
}: Pick<AttributeDefinitionView, 'type' | 'options' | 'regex'>): InputIssue[] {
  const pattern =
    regex === null ? undefined : type === 'text' ? patternIssue(regex, 'memory') : 'is only allowed for the type text';
  const issues: InputIssue[] = [];
  if (type === 'list' && options.length === 0)
    issues.push({ path: ['options'], message: 'must contain at least one value for the type list' });
  if (type !== 'list' && options.length > 0)
    issues.push({ path: ['options'], message: 'are only allowed for the type list' });
  if (pattern !== undefined) issues.push({ path: ['regex'], message: pattern });
  return issues;
}
