import type { ResolvedField } from './field-catalogue.js';
import type { PositiveOperator } from './filter-operators.js';
import type { FieldType, FilterNode, FilterOperator, FilterPurpose } from './filter-types.js';

/**
 * The type that a condition compares as. For a field of a declared type it is that type; for an untyped custom field it follows from the
 * operator and value: `text_or_list` where a text could be either's, `any` where the value plays no part.
 */
export type ConditionType = FieldType | 'text_or_list' | 'any';

/** A value in the form that is compared: ids in lower case, dates as instants, lists without repeats. */
export type ComparedValue = string | number | boolean | null | readonly string[] | readonly number[];

/** A condition that passed validation. */
export interface ValidCondition {
  readonly kind: 'condition';
  readonly source: FilterNode;
  /** The field as written, `previous.` and `changed.` included. */
  readonly field: string;
  /** The field that is read, and on which side of the event. */
  readonly reads: Pick<ResolvedField, 'name' | 'moment'>;
  readonly operator: FilterOperator;
  /** The operator that is asked, and whether its answer is turned around. */
  readonly positive: PositiveOperator;
  readonly negated: boolean;
  readonly type: ConditionType;
  /** Undefined for operators that take none. */
  readonly value?: ComparedValue;
  /** The value with case folded, where text is compared regardless of case. */
  readonly folded?: string | readonly string[];
}

/** A group or condition that passed validation. */
export type ValidNode =
  | { readonly kind: 'all' | 'any'; readonly source: FilterNode; readonly children: readonly ValidNode[] }
  | { readonly kind: 'not'; readonly source: FilterNode; readonly child: ValidNode }
  | ValidCondition;

declare const validated: unique symbol;

/** A filter that passed `parseFilter`, the only way to make one; `source` is what to store and show. */
export interface ValidFilter {
  readonly [validated]: true;
  readonly purpose: FilterPurpose;
  readonly source: FilterNode;
  readonly root: ValidNode;
}
