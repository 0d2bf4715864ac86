import { readActual, matchesCondition } from './condition-evaluation.js';
import type { FilterSubject } from './filter-types.js';
import type { ValidFilter, ValidNode } from './valid-filter.js';

/**
 * Whether a subject satisfies a filter; conditions after the deciding one are not looked at.
 *
 * A value that is absent, or not of the condition's type (a text where a number is compared), makes positive operators false and
 * negative ones true. A filter parsed for either purpose may be evaluated. Throws only what `subject.get` throws.
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
