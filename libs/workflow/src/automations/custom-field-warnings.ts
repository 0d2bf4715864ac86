import { CUSTOM_FIELD, customFieldId, type AttributeDefinitionView } from '@parley/identity';
import { foldCase, nearestName, type FieldCatalogue, type ValidNode } from '@parley/kernel/filter';
import { filterReferences } from '@parley/kernel/references';
import { actionReferences, actionTemplateReferences } from './actions/action-validation.js';
import type { AutomationView } from './automation.view.js';

type CheckedRule = Pick<AutomationView, 'filter' | 'actions'>;

/** Operators that compare a field with a whole value. */
const EXACT_OPERATORS = new Set(['equals', 'in', 'changed_to', 'changed_from']);

/**
 * The warnings about custom fields that a rule uses although they are not defined. Resources without any defined custom
 * field have none, because their fields are free.
 */
export function buildUnknownFieldWarnings(
  { filter, actions }: CheckedRule,
  catalogue: FieldCatalogue,
  definitions: readonly AttributeDefinitionView[],
): string[] {
  const references = [
    ...filterReferences(filter, catalogue),
    ...actionReferences(actions),
    ...actionTemplateReferences(actions),
  ];
  const ids = references.flatMap(({ target }) => (target.type === CUSTOM_FIELD ? [target.id] : []));
  return [...new Set(ids)].flatMap((id) => {
    const subject = id.slice(0, id.indexOf('.'));
    const key = id.slice(subject.length + 1);
    const keys = definitions.filter(({ appliesTo }) => appliesTo === subject).map((definition) => definition.key);
    if (keys.length === 0 || keys.includes(key)) return [];
    const suggestion = nearestName(key, keys);
    return [
      `The ${subject} has no defined custom field "${key}"` +
        (suggestion === undefined ? '.' : `; did you mean "${suggestion}"?`),
    ];
  });
}

/** The warnings about conditions that compare a defined list field with a value that is not one of its options. */
export function buildUnknownOptionWarnings(
  root: ValidNode | null,
  catalogue: FieldCatalogue,
  definitions: readonly AttributeDefinitionView[],
): string[] {
  const lists = new Map(
    definitions
      .filter(({ type }) => type === 'list')
      .map(({ appliesTo, key, options }) => [customFieldId(appliesTo, key), options] as const),
  );
  const warnings = conditionsOf(root).flatMap(({ positive, reads, source }) => {
    const options = lists.get(catalogue.resolve(reads.name)?.memberOf?.id ?? '');
    if (options === undefined || !EXACT_OPERATORS.has(positive)) return [];
    const known = new Set(options.map(foldCase));
    const values = [(source as { readonly value?: unknown }).value].flat();
    return values
      .filter((value): value is string => typeof value === 'string' && !known.has(foldCase(value)))
      .map((value) => describeUnknownOption(reads.name, value, options));
  });
  return [...new Set(warnings)];
}

const MAX_LISTED_OPTIONS = 10;

function describeUnknownOption(field: string, value: string, options: readonly string[]): string {
  const suggestion = nearestName(value, options);
  const listed = options.slice(0, MAX_LISTED_OPTIONS).join(', ');
  const hint =
    suggestion === undefined
      ? `use one of ${listed}${options.length > MAX_LISTED_OPTIONS ? ' …' : ''}.`
      : `did you mean "${suggestion}"?`;
  return `"${value}" is not an option of "${field}"; ${hint}`;
}

function conditionsOf(node: ValidNode | null): Extract<ValidNode, { kind: 'condition' }>[] {
  if (node === null) return [];
  if (node.kind === 'condition') return [node];
  return (node.kind === 'not' ? [node.child] : node.children).flatMap(conditionsOf);
}
