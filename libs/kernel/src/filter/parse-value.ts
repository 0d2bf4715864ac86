import { foldText } from '../text/fold-text.js';
import type { FamilyFieldType, ResolvedField } from './field-catalogue.js';
import { OPERATORS, type ValueShape } from './filter-operators.js';
import { patternIssue } from './filter-pattern.js';
import { FILTER_LIMITS, type FilterOperator, type FilterPurpose } from './filter-types.js';
import { DATE_TIME_REQUIREMENT, parseInstant } from './instant.js';
import { nearestName } from './nearest-name.js';
import type { ComparedValue, ConditionType } from './valid-filter.js';

/** Reports an issue; `at` is appended to the path of the value, such as `[3]`. */
export type ReportIssue = (message: string, at?: string) => void;

/** Context for the validation of a value. */
export interface ValueContext {
  field: ResolvedField;
  type: ConditionType;
  operator: FilterOperator;
  purpose: FilterPurpose;
  report: ReportIssue;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const UNSTORABLE_TEXT = /\u0000|[\uD800-\uDFFF]/u;
const NEEDS_TEXT: ReadonlySet<FilterOperator> = new Set([
  'contains',
  'not_contains',
  'contains_word',
  'starts_with',
  'ends_with',
]);

/** The kind of a value, for messages. Never contains the value itself. */
function describeType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Quotes and truncates a name from the filter for a message. */
export function quote(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
}

function parseText(raw: unknown, { operator, report }: ValueContext, at: string): string | undefined {
  if (typeof raw !== 'string') return void report(`must be a string, not ${describeType(raw)}`, at);
  if (raw.length > FILTER_LIMITS.textLength)
    return void report(`must be at most ${FILTER_LIMITS.textLength} characters long`, at);
  if (UNSTORABLE_TEXT.test(raw)) return void report('must not contain NUL characters or unpaired surrogates', at);
  if (NEEDS_TEXT.has(operator) && foldText(raw) === '') return void report('must not be empty', at);
  return raw;
}

function parseEnum(
  raw: unknown,
  { values = [] }: FamilyFieldType,
  report: ReportIssue,
  at: string,
): string | undefined {
  if (typeof raw === 'string' && values.includes(raw)) return raw;
  const suggestion = typeof raw === 'string' ? nearestName(raw, values) : undefined;
  const listed = values.length > 20 ? `one of the field's ${values.length} values` : `one of ${values.join(', ')}`;
  return void report(`must be ${listed}${suggestion === undefined ? '' : `; did you mean ${quote(suggestion)}?`}`, at);
}

function parseNumber(raw: unknown, report: ReportIssue, at: string): number | undefined {
  if (typeof raw === 'number' && Number.isFinite(raw)) return raw === 0 ? 0 : raw;
  return void report(`must be a number, not ${Number.isNaN(raw) ? 'NaN' : describeType(raw)}`, at);
}

function parseDate(raw: unknown, report: ReportIssue, at: string): string | undefined {
  const instant = typeof raw === 'string' && raw.length <= 40 ? parseInstant(raw) : undefined;
  return (
    instant ?? void report(`${DATE_TIME_REQUIREMENT}, or a date such as 2026-01-15, which means midnight in UTC`, at)
  );
}

function parseScalar(raw: unknown, context: ValueContext, at = ''): string | number | boolean | undefined {
  const { field, type, report } = context;
  switch (type) {
    case 'text':
    case 'text_list':
    case 'text_or_list':
      return parseText(raw, context, at);
    case 'number':
      return parseNumber(raw, report, at);
    case 'boolean':
      return typeof raw === 'boolean' ? raw : void report(`must be true or false, not ${describeType(raw)}`, at);
    case 'date':
      return parseDate(raw, report, at);
    case 'enum':
      return parseEnum(raw, { type, values: field.values }, report, at);
    case 'id':
      return typeof raw === 'string' && UUID.test(raw) ? raw.toLowerCase() : void report('must be a UUID', at);
    case 'any':
      return void report(`must be a string, a number or a boolean, not ${describeType(raw)}`, at);
  }
}

function parseList(raw: unknown, context: ValueContext): ComparedValue | undefined {
  if (!Array.isArray(raw)) return void context.report(`must be a list, not ${describeType(raw)}`);
  if (raw.length === 0) return void context.report('must contain at least one value');
  if (raw.length > FILTER_LIMITS.listValues)
    return void context.report(`must contain at most ${FILTER_LIMITS.listValues} values`);
  const checked = raw.map((entry, index) => parseScalar(entry, context, `[${index}]`));
  return checked.includes(undefined) ? undefined : ([...new Set(checked)] as string[] | number[]);
}

function parseBounds(raw: unknown, context: ValueContext): ComparedValue | undefined {
  if (!Array.isArray(raw) || raw.length !== 2)
    return void context.report('must be a list of two values: the lower and the upper bound');
  const [from, to] = [parseScalar(raw[0], context, '[0]'), parseScalar(raw[1], context, '[1]')];
  if (from === undefined || to === undefined) return undefined;
  if (from > to) return void context.report('must have the lower bound first');
  return [from, to] as string[] | number[];
}

function parseSeconds(raw: unknown, report: ReportIssue): number | undefined {
  const max = FILTER_LIMITS.withinLastSeconds;
  if (typeof raw === 'number' && Number.isInteger(raw) && raw >= 1 && raw <= max) return raw;
  return void report(`must be a whole number of seconds from 1 to ${max}`);
}

function parsePattern(raw: unknown, { purpose, report }: ValueContext): string | undefined {
  if (typeof raw !== 'string') return void report(`must be a string, not ${describeType(raw)}`);
  if (UNSTORABLE_TEXT.test(raw)) return void report('must not contain NUL characters or unpaired surrogates');
  const issue = patternIssue(raw, purpose);
  return issue === undefined ? raw : void report(issue);
}

/** Validates the value of a condition and returns its compared form, or undefined after reporting its issues. */
export function parseValue(raw: unknown, context: ValueContext): ComparedValue | undefined {
  const shape: ValueShape = OPERATORS[context.operator].shape;
  if (raw === null && (shape === 'one' || shape === 'list')) {
    return void context.report('must not be null; use is_present or is_not_present to check if the field has a value');
  }
  switch (shape) {
    case 'one':
      return parseScalar(raw, context);
    case 'one_or_null':
      return raw === null ? null : parseScalar(raw, context);
    case 'list':
      return parseList(raw, context);
    case 'bounds':
      return parseBounds(raw, context);
    case 'seconds':
      return parseSeconds(raw, context.report);
    case 'pattern':
      return parsePattern(raw, context);
    case 'none':
      return undefined;
  }
}
