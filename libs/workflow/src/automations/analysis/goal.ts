import type { ValidNode } from '@parley/kernel/filter';
import type { Atom } from './value-domain.js';
import type { Scope } from './variable-scope.js';

/** Keys of the variables of a change: `changed` is true if the other two differ. */
export interface ChangeRelation {
  readonly changed: string;
  readonly before: string;
  readonly after: string;
}

/** Something that must be true: a filter at one point in time, restrictions, a relation, or one of several sets of goals. */
export type Goal =
  | { readonly node: ValidNode; readonly negated?: boolean; readonly scope: Scope }
  | { readonly atoms: readonly Atom[] }
  | { readonly relation: ChangeRelation }
  | { readonly any: readonly (readonly Goal[])[] };
