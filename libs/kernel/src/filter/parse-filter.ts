import { conditionType, foldedValue, keysOf } from './condition-type.js';
import type { FieldCatalogue, ResolvedField } from './field-catalogue.js';
import { OPERATORS, OPERATORS_BY_TYPE, requiresEvent, toPositiveOperator } from './filter-operators.js';
import {
  FILTER_LIMITS,
  FILTER_OPERATORS,
  type FilterCondition,
  type FilterIssue,
  type FilterNode,
  type FilterOperator,
  type FilterPurpose,
} from './filter-types.js';
import { nearestName } from './nearest-name.js';
import { parseValue, quote } from './parse-value.js';
import { suggestField } from './suggest-field.js';
import type { ValidCondition, ValidFilter, ValidNode } from './valid-filter.js';

/** A valid filter, or all errors of an invalid one (at most fifty). */
export type ParsedFilter = { ok: true; filter: ValidFilter } | { ok: false; issues: FilterIssue[] };

type JsonRecord = Record<string, unknown>;

const GROUPS = ['all', 'any', 'not'] as const;
const CONDITION_KEYS = ['field', 'operator', 'value'];

/** Parser of one filter. Holds the counts for the limits and the issues found so far. */
class FilterParser {
  readonly issues: FilterIssue[] = [];
  private nodes = 0;
  private conditions = 0;
  private readonly catalogue: FieldCatalogue;
  private readonly purpose: FilterPurpose;

  constructor(catalogue: FieldCatalogue, purpose: FilterPurpose) {
    this.catalogue = catalogue;
    this.purpose = purpose;
  }

  /** Parses a node. Returns undefined after reporting its issues. The depth limit bounds the recursion. */
  node(input: unknown, path: string, depth: number): ValidNode | undefined {
    this.nodes += 1;
    if (this.isFull()) return undefined;
    if (this.nodes > FILTER_LIMITS.nodes)
      return this.addIssue(path, `exceeds the limit of ${FILTER_LIMITS.nodes} groups and conditions per filter`);
    if (typeof input !== 'object' || input === null || Array.isArray(input)) {
      return this.addIssue(
        path,
        'must be an object: a group ("all", "any" or "not") or a condition ("field", "operator", "value")',
      );
    }
    const plain = input as JsonRecord;
    const groups = GROUPS.filter((group) => Object.hasOwn(plain, group));
    if (groups.length === 0) return this.condition(plain, path);
    const [kind] = groups;
    this.rejectUnknownKeys(plain, path, [kind!]);
    if (depth >= FILTER_LIMITS.depth)
      return this.addIssue(
        path,
        `is nested too deeply: groups can be nested at most ${FILTER_LIMITS.depth} levels deep`,
      );
    return kind === 'not' ? this.negation(plain.not, path, depth) : this.group(kind!, plain[kind!], path, depth);
  }

  private negation(input: unknown, path: string, depth: number): ValidNode | undefined {
    const child = this.node(input, `${path}.not`, depth + 1);
    return child && { kind: 'not', source: { not: child.source }, child };
  }

  private group(kind: 'all' | 'any', input: unknown, path: string, depth: number): ValidNode | undefined {
    const at = `${path}.${kind}`;
    if (!Array.isArray(input)) return this.addIssue(at, 'must be a list of conditions and groups');
    if (input.length === 0 && kind === 'any') return this.addIssue(at, 'must contain at least one condition');
    if (input.length > FILTER_LIMITS.nodes)
      return this.addIssue(
        at,
        `has too many entries: a filter can have at most ${FILTER_LIMITS.conditions} conditions`,
      );
    const children: ValidNode[] = [];
    for (let index = 0; index < input.length && !this.isFull(); index += 1) {
      const child = this.node(input[index], `${at}[${index}]`, depth + 1);
      if (child) children.push(child);
    }
    const sources = children.map((child) => child.source);
    const source: FilterNode = kind === 'all' ? { all: sources } : { any: sources };
    return children.length === input.length ? { kind, source, children } : undefined;
  }

  private condition(input: JsonRecord, path: string): ValidCondition | undefined {
    this.conditions += 1;
    if (this.conditions > FILTER_LIMITS.conditions) {
      if (this.conditions > FILTER_LIMITS.conditions + 1) return undefined;
      return this.addIssue(path, `exceeds the limit of ${FILTER_LIMITS.conditions} conditions per filter`);
    }
    this.rejectUnknownKeys(input, path, CONDITION_KEYS);
    const field = this.field(input, path);
    const operator = this.operator(input, path);
    if (!field || !operator || !this.isOperatorAllowed(field, operator, path)) return undefined;
    return this.comparison(input, field, operator, path);
  }

  private comparison(
    input: JsonRecord,
    field: ResolvedField,
    operator: FilterOperator,
    path: string,
  ): ValidCondition | undefined {
    const needsValue = OPERATORS[operator].shape !== 'none';
    const hasValue = Object.hasOwn(input, 'value') && input.value !== undefined;
    if (hasValue !== needsValue) {
      if (!needsValue && input.value === null) return this.buildCondition(input, field, operator, undefined);
      return this.addIssue(
        `${path}.value`,
        needsValue ? `is required for operator ${operator}` : `must be omitted: operator ${operator} takes no value`,
      );
    }
    const before = this.issues.length;
    const type = conditionType(field, operator, input.value);
    const report = (message: string, at = '') => void this.addIssue(`${path}.value${at}`, message);
    const value = parseValue(input.value, { field, type, operator, purpose: this.purpose, report });
    return this.issues.length > before ? undefined : this.buildCondition(input, field, operator, value, type);
  }

  private buildCondition(
    input: JsonRecord,
    field: ResolvedField,
    operator: FilterOperator,
    value: ValidCondition['value'],
    type = conditionType(field, operator, value),
  ): ValidCondition {
    const { operator: positive, negated } = toPositiveOperator(operator);
    const name = input.field as string;
    const source: FilterCondition = { field: name, operator };
    if (value !== undefined) source.value = value;
    const reads = { name: field.name, moment: field.moment };
    return {
      kind: 'condition',
      source,
      field: name,
      reads,
      operator,
      positive,
      negated,
      type,
      value,
      folded: foldedValue(type, positive, value),
      ...(field.keyOf && { keyOf: field.keyOf, keys: keysOf(value, field.keyOf) }),
    };
  }

  private field(input: JsonRecord, path: string): ResolvedField | undefined {
    const name = Object.hasOwn(input, 'field') ? input.field : undefined;
    if (typeof name !== 'string' || name === '') return this.addIssue(`${path}.field`, 'must be the name of a field');
    const field = this.catalogue.resolve(name);
    if (!field) return this.addIssue(`${path}.field`, unknownFieldMessage(name, this.catalogue));
    if (this.purpose === 'sql' && !field.source) {
      return this.addIssue(
        `${path}.field`,
        `${quote(name)} cannot be used in lists and searches, only in filters of single objects or events`,
      );
    }
    return field;
  }

  private operator(input: JsonRecord, path: string): FilterOperator | undefined {
    const name = Object.hasOwn(input, 'operator') ? input.operator : undefined;
    if (typeof name === 'string' && (FILTER_OPERATORS as readonly string[]).includes(name))
      return name as FilterOperator;
    if (typeof name !== 'string' || name === '')
      return this.addIssue(`${path}.operator`, 'must be the name of an operator');
    const suggestion = nearestName(name, FILTER_OPERATORS);
    return this.addIssue(
      `${path}.operator`,
      `is not a known operator: ${quote(name)}${suggestion ? `; did you mean ${quote(suggestion)}?` : ''}`,
    );
  }

  private isOperatorAllowed(field: ResolvedField, operator: FilterOperator, path: string): boolean {
    const at = `${path}.operator`;
    const allowed = field.type === 'untyped' ? FILTER_OPERATORS : OPERATORS_BY_TYPE[field.type];
    if (!allowed.includes(operator)) {
      this.addIssue(
        at,
        `${operator} cannot be used with a field of type ${field.type}; use one of: ${allowed.join(', ')}`,
      );
      return false;
    }
    if (!requiresEvent(operator)) return true;
    if (this.purpose === 'sql')
      this.addIssue(at, `${operator} requires an event and cannot be used in lists and searches`);
    else if (!this.catalogue.declaration.events)
      this.addIssue(at, `${operator} requires an event, which is not available in this filter`);
    else if (field.moment !== 'current')
      this.addIssue(at, `${operator} must be used with the field itself, without "previous." or "changed."`);
    else return true;
    return false;
  }

  private rejectUnknownKeys(input: JsonRecord, path: string, allowedKeys: readonly string[]): void {
    for (const key of Object.keys(input)) {
      if (allowedKeys.includes(key)) continue;
      if (this.isFull()) return;
      const plain = /^[\w-]{1,60}$/.test(key);
      this.addIssue(
        plain ? `${path}.${key}` : path,
        `${plain ? 'is' : `has the key ${quote(key)}, which is`} not allowed here; ` +
          `expected ${allowedKeys.map(quote).join(', ')}`,
      );
    }
  }

  private isFull(): boolean {
    return this.issues.length >= FILTER_LIMITS.issues;
  }

  private addIssue(path: string, message: string): undefined {
    if (!this.isFull()) this.issues.push({ path, message });
    return undefined;
  }
}

function unknownFieldMessage(name: string, catalogue: FieldCatalogue): string {
  const suggestion = suggestField(name, catalogue);
  const { listedAt } = catalogue.declaration;
  return (
    `is not a known field: ${quote(name)}` +
    (suggestion === undefined ? '' : `; did you mean ${quote(suggestion)}?`) +
    (listedAt === undefined ? '' : `${suggestion === undefined ? ';' : ''} ${listedAt} lists all fields`)
  );
}

/**
 * Validates untrusted input as a filter over a catalogue.
 *
 * Reports all issues at once, each with the path of its node (`filter.all[1].value`). Accepts any parsed JSON and never
 * throws: nesting, conditions, and sizes of lists and texts ({@link FILTER_LIMITS}) are checked before anything is
 * traversed. `purpose: 'sql'` also rejects everything that a query cannot evaluate: fields without SQL, event
 * operators, and patterns for which Postgres would match differently.
 *
 * @param root first segment of the paths of issues: the name of the field that holds the filter
 */
export function parseFilter(
  input: unknown,
  catalogue: FieldCatalogue,
  { purpose, root = 'filter' }: { purpose: FilterPurpose; root?: string },
): ParsedFilter {
  const parser = new FilterParser(catalogue, purpose);
  const node = parser.node(input, root, 0);
  if (!node || parser.issues.length > 0) return { ok: false, issues: parser.issues };
  return { ok: true, filter: { purpose, source: node.source, root: node } as unknown as ValidFilter };
}
