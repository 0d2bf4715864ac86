import type { ValidFilter, ValidNode } from '@parley/kernel/filter';

function someCondition(
  node: ValidNode,
  test: (condition: Extract<ValidNode, { kind: 'condition' }>) => boolean,
): boolean {
  if (node.kind === 'condition') return test(node);
  return node.kind === 'not'
    ? someCondition(node.child, test)
    : node.children.some((child) => someCondition(child, test));
}

/** Whether contacts pass the filter, or do not any more, by nothing but time going by. */
export function isTimeDependent({ root }: ValidFilter): boolean {
  return someCondition(
    root,
    ({ operator, reads }) => operator === 'within_last' || /^events\..*_\d+d$/.test(reads.name),
  );
}

/** Whether the filter looks at the companies of contacts. */
export function isCompanyDependent({ root }: ValidFilter): boolean {
  return someCondition(root, ({ reads }) => reads.name.startsWith('company.'));
}
