/** A value of a field; null if it has none. */
export type FieldValue = string | number | boolean | null;

interface Bound {
  readonly value: string | number;
  readonly inclusive: boolean;
}

/** The values that a variable can have, as far as the conditions on it are understood. Immutable. */
export class ValueDomain {
  private constructor(
    private readonly only: ReadonlySet<FieldValue> | null,
    private readonly never: ReadonlySet<FieldValue>,
    private readonly tests: readonly ((value: FieldValue) => boolean)[],
    private readonly lower: Bound | null,
    private readonly upper: Bound | null,
  ) {}

  static any(): ValueDomain {
    return new ValueDomain(null, new Set(), [], null, null);
  }

  static of(values: readonly FieldValue[]): ValueDomain {
    return ValueDomain.any().include(values);
  }

  include(values: readonly FieldValue[]): ValueDomain {
    const only = new Set(values.filter((value) => this.only === null || this.only.has(value)));
    return new ValueDomain(only, this.never, this.tests, this.lower, this.upper);
  }

  exclude(values: readonly FieldValue[]): ValueDomain {
    return new ValueDomain(this.only, new Set([...this.never, ...values]), this.tests, this.lower, this.upper);
  }

  /** Restricts the values by a test, which is only applied when the values are known. */
  test(isPossible: (value: FieldValue) => boolean): ValueDomain {
    return new ValueDomain(this.only, this.never, [...this.tests, isPossible], this.lower, this.upper);
  }

  withMinimum(value: string | number, inclusive: boolean): ValueDomain {
    const isTighter = this.lower === null || value > this.lower.value || (value === this.lower.value && !inclusive);
    const lower = isTighter ? { value, inclusive } : this.lower;
    return new ValueDomain(this.only, this.never, this.tests, lower, this.upper).exclude([null]);
  }

  withMaximum(value: string | number, inclusive: boolean): ValueDomain {
    const isTighter = this.upper === null || value < this.upper.value || (value === this.upper.value && !inclusive);
    const upper = isTighter ? { value, inclusive } : this.upper;
    return new ValueDomain(this.only, this.never, this.tests, this.lower, upper).exclude([null]);
  }

  get isEmpty(): boolean {
    if (this.only !== null) return ![...this.only].some((value) => this.allows(value));
    if (this.lower === null || this.upper === null) return false;
    if (this.lower.value === this.upper.value) return !(this.lower.inclusive && this.upper.inclusive);
    return this.lower.value > this.upper.value;
  }

  /** The value, if there is only one. */
  get single(): FieldValue | undefined {
    if (this.only === null) return undefined;
    const values = [...this.only].filter((value) => this.allows(value));
    return values.length === 1 ? values[0] : undefined;
  }

  private allows(value: FieldValue): boolean {
    if (this.never.has(value) || !this.tests.every((test) => test(value))) return false;
    if (this.lower === null && this.upper === null) return true;
    if (typeof value !== 'string' && typeof value !== 'number') return false;
    const { lower, upper } = this;
    const isAbove = lower === null || value > lower.value || (lower.inclusive && value === lower.value);
    return isAbove && (upper === null || value < upper.value || (upper.inclusive && value === upper.value));
  }
}

/** A restriction of one variable. `initial` has its values without any restriction. */
export interface Atom {
  readonly key: string;
  readonly initial: ValueDomain;
  readonly restrict: (domain: ValueDomain) => ValueDomain;
}
