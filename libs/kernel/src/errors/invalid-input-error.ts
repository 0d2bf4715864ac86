import { DomainError } from './domain-error.js';

/**
 * Path of a field in the names of the domain, for example `['actions', 0, 'teamId']`. The contract of the route maps it
 * to wire names. The segment after `customFields` is a key chosen by the workspace.
 */
export type FieldPath = readonly (string | number)[];

/** The reason why the value of a field is rejected. */
export interface InputIssue {
  readonly path: FieldPath;
  /** Predicate without the field: `must be in the future`. */
  readonly message: string;
}

/** One or more fields of an input are invalid. Becomes BAD_REQUEST with the messages by field. */
export class InvalidInputError extends DomainError {
  constructor(readonly issues: readonly InputIssue[]) {
    super('BAD_REQUEST', 'The request is not valid');
  }

  /** The same error for an input that is a part of another, at the given path. */
  within(...prefix: FieldPath): InvalidInputError {
    return new InvalidInputError(this.issues.map(({ path, message }) => ({ path: [...prefix, ...path], message })));
  }
}

/** Error for one invalid field; `path` is its name or its path in the input. */
export function invalidInputError(path: string | FieldPath, message: string): InvalidInputError {
  return new InvalidInputError([{ path: typeof path === 'string' ? [path] : path, message }]);
}

/**
 * Runs `work` on a part of an input. The paths of invalid fields get the prefix.
 * @throws the errors of `work`.
 */
export async function atPath<T>(prefix: FieldPath, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof InvalidInputError ? error.within(...prefix) : error;
  }
}
