import type { ResolvedField } from './field-catalogue.js';
import type { PositiveOperator } from './filter-operators.js';
import type { FieldType, FilterNode, FilterOperator, FilterPurpose } from './filter-types.js';

/**
 * The type that a condition compares as. For a field with a declared type it is this type. For an untyped custom field
 * it follows from the operator and the value: `text_or_list` if the value could be compared with either, `any` if the
 * value is not compared.
 */
export type ConditionType = FieldType | 'text_or_list' | 'any';

/** A value in the form that is compared: IDs in lower case, dates as instants, lists without duplicates. */
export type ComparedValue = string | number | boolean | null | readonly string[] | readonly number[];

/** A condition that passed validation. */
export interface ValidCondition {
  readonly kind: 'condition';
  readonly source: FilterNode;
  /** The field as in the filter, including `previous.` and `changed.`. */
  readonly field: string;
  /** The field that is read, and the side of the event. */
  readonly reads: Pick<ResolvedField, 'name' | 'moment'>;
  readonly operator: FilterOperator;
  /** The operator that is evaluated; `negated` inverts its result. */
  readonly positive: PositiveOperator;
  readonly negated: boolean;
  readonly type: ConditionType;
  /** Undefined for operators without a value. */
  readonly value?: ComparedValue;
  /** The folded value, if the comparison folds. */
  readonly folded?: string | readonly string[];
  /** For a list that is compared by keys: returns the key of a text. `keys` are those of the value. */
  readonly keyOf?: ResolvedField['keyOf'];
  readonly keys?: readonly string[];
}

/** A group or condition that passed validation. */
export type ValidNode =
  | { readonly kind: 'all' | 'any'; readonly source: FilterNode; readonly children: readonly ValidNode[] }
  | { readonly kind: 'not'; readonly source: FilterNode; readonly child: ValidNode }
  | ValidCondition;

declare const validated: unique symbol;

/** A filter that passed `parseFilter`, which is the only way to create one. Store and show `source`. */
export interface ValidFilter {
  readonly [validated]: true;
  readonly purpose: FilterPurpose;
  readonly source: FilterNode;
  readonly root: ValidNode;
}
