import { readActual, matchesCondition } from './condition-evaluation.js';
import type { FilterSubject } from './filter-types.js';
import type { ValidFilter, ValidNode } from './valid-filter.js';

/**
 * True if the subject satisfies the filter. Conditions after the deciding one are not evaluated.
 *
 * For a value that is absent or of another type than the condition (a text that is compared with a number), positive
 * operators are false and negative ones are true. Filters of both purposes can be evaluated. Throws only errors of
 * `subject.get`.
 */
export function evaluateFilter(filter: ValidFilter, subject: FilterSubject): boolean {
  const now = subject.now.toISOString();
  const matches = (node: ValidNode): boolean => {
    if (node.kind === 'condition') return matchesCondition(node, readActual(node, subject), now);
    if (node.kind === 'not') return !matches(node.child);
    return node.kind === 'all' ? node.children.every(matches) : node.children.some(matches);
  };
  return matches(filter.root);
}
