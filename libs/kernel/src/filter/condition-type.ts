import { foldText } from '../text/fold-text.js';
import { foldCase } from './case-fold.js';
import type { ResolvedField } from './field-catalogue.js';
import type { PositiveOperator } from './filter-operators.js';
import type { FilterOperator } from './filter-types.js';
import type { ConditionType, ValidCondition } from './valid-filter.js';

/** Operators that search in a text, without case and accents. The others compare whole texts, without case. */
const SEARCHING: ReadonlySet<string> = new Set(['contains', 'contains_word', 'starts_with', 'ends_with']);

/** True if the operator ignores accents and marks as well as case. */
export function searchesText(positive: PositiveOperator): boolean {
  return SEARCHING.has(positive);
}

/** The folded text of a condition, if its comparison folds. */
export function foldedValue(
  type: ConditionType,
  positive: PositiveOperator,
  value: ValidCondition['value'],
): ValidCondition['folded'] {
  if ((type !== 'text' && type !== 'text_or_list') || positive === 'matches') return undefined;
  const fold = searchesText(positive) ? foldText : foldCase;
  if (typeof value === 'string') return fold(value);
  return Array.isArray(value) ? (value as string[]).map(fold) : undefined;
}

/** The keys of the texts of a condition. */
export function keysOf(value: ValidCondition['value'], keyOf: (text: string) => string): string[] {
  return [...new Set([value].flat().filter((text) => typeof text === 'string'))].map(keyOf);
}

/** The type that a condition compares as. For an untyped custom field it follows from the operator and the value. */
export function conditionType(field: ResolvedField, operator: FilterOperator, value: unknown): ConditionType {
  if (field.type !== 'untyped') return field.type;
  const sample = Array.isArray(value) ? (value as unknown[])[0] : value;
  switch (operator) {
    case 'greater_than':
    case 'less_than':
      return 'number';
    case 'before':
    case 'after':
    case 'within_last':
      return 'date';
    case 'between':
      return typeof sample === 'number' ? 'number' : 'date';
    case 'contains':
    case 'not_contains':
      return 'text_or_list';
    case 'in':
    case 'not_in':
      return typeof sample === 'number' ? 'number' : 'text_or_list';
    case 'contains_word':
    case 'starts_with':
    case 'ends_with':
    case 'matches':
      return 'text';
    default:
      return typeof sample === 'string'
        ? 'text'
        : typeof sample === 'number'
          ? 'number'
          : typeof sample === 'boolean'
            ? 'boolean'
            : 'any';
  }
}
