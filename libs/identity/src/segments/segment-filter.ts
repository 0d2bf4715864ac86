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

/** True if a contact can enter or leave the segment only because time passes. */
export function isTimeDependent({ root }: ValidFilter): boolean {
  return someCondition(
    root,
    ({ operator, reads }) => operator === 'within_last' || /^events\..*_\d+d$/.test(reads.name),
  );
}

/** True if the filter uses fields of the contact's company. */
export function isCompanyDependent({ root }: ValidFilter): boolean {
  return someCondition(root, ({ reads }) => reads.name.startsWith('company.'));
}
