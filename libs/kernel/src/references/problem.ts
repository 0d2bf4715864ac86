import type { InputIssue } from '../errors/invalid-input-error.js';
import { referenceType, type Reference, type ReferenceTarget, type TargetState } from './reference.js';

/** Kinds of problems of a stored object that was valid when it was saved. */
export const PROBLEM_CODES = [
  'not_found',
  'inactive',
  'unknown_field',
  'unknown_event',
  'unknown_action',
  'invalid',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** A part of a stored object that no longer has an effect. */
export interface Problem extends InputIssue {
  readonly code: ProblemCode;
  /** The object that does not exist or is inactive. */
  readonly target: ReferenceTarget | null;
  /** True if the object has an effect in spite of the problem: a condition on a deactivated user, for example. */
  readonly isTolerated?: boolean;
}

/** The problem of a reference to an object that is not active; `state` is undefined if it does not exist. */
export function referenceProblem(
  { path, target, mustBeActive = false }: Reference,
  state: Pick<TargetState, 'isAbsent' | 'suggestion'> | undefined,
): Problem {
  const { isAbsent = false, suggestion } = state ?? {};
  const hint = suggestion === undefined ? '' : `; did you mean "${suggestion}"?`;
  return {
    path,
    code: state && !isAbsent ? 'inactive' : 'not_found',
    message: `${referenceType(target.type).missing}${hint}`,
    target,
    isTolerated: isAbsent || (state !== undefined && !mustBeActive),
  };
}

/** A stored object with its problems. */
export type WithProblems<View> = View & { readonly problems: readonly Problem[] };

/** What the owner of a stored object knows about it. */
export interface Inspection {
  readonly references: readonly Reference[];
  /** Problems other than those of the references. Default: none. */
  readonly problems?: readonly Problem[];
}
