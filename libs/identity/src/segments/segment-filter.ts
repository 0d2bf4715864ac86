import type { ValidFilter, ValidNode } from '@parley/kernel';

function some(node: ValidNode, test: (condition: Extract<ValidNode, { kind: 'condition' }>) => boolean): boolean {
  if (node.kind === 'condition') return test(node);
  return node.kind === 'not' ? some(node.child, test) : node.children.some((child) => some(child, test));
}

/** Whether contacts pass the filter, or do not any more, by nothing but time going by. */
export function movesWithTime({ root }: ValidFilter): boolean {
  return some(root, ({ operator, reads }) => operator === 'within_last' || /^events\..*_\d+d$/.test(reads.name));
}

/** Whether the filter looks at the companies of contacts. */
export function readsCompanies({ root }: ValidFilter): boolean {
  return some(root, ({ reads }) => reads.name.startsWith('company.'));
}
