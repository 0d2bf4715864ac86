import { FieldError, type FieldErrorText } from './field-error.js';
import { toSnakeCasePath, type FieldNaming, type FieldPath } from './field-path.js';
import type { FieldSentence } from './field-sentence.js';

/** The reason why the value of a field is rejected. */
export interface InputIssue {
  readonly path: FieldPath;
  /** Predicate without the field, such as `must be in the future`, or a sentence that is sent as it is. */
  readonly message: string | FieldSentence;
}

/** One or more fields of an input are invalid. Becomes BAD_REQUEST with the messages by field. */
export class InvalidInputError extends FieldError {
  constructor(
    readonly issues: readonly InputIssue[],
    message = 'The request is not valid',
  ) {
    super('BAD_REQUEST', message);
  }

  describe(nameOf: FieldNaming = toSnakeCasePath): FieldErrorText & { readonly details: Record<string, string[]> } {
    const details: Record<string, string[]> = {};
    for (const { path, message } of this.issues) {
      const field = nameOf(path);
      const text = typeof message === 'string' ? `${field} ${message}` : message.render(path, nameOf);
      (details[field] ??= []).push(text);
    }
    return { message: this.message, details };
  }

  mapPaths(map: (path: FieldPath) => FieldPath): InvalidInputError {
    const issues = this.issues.map(({ path, message }) => ({
      path: map(path),
      message: typeof message === 'string' ? message : message.mapPaths(map),
    }));
    return new InvalidInputError(issues, this.message);
  }

  within(...prefix: FieldPath): InvalidInputError {
    const issues = this.issues.map(({ path, message }) => ({ path: [...prefix, ...path], message }));
    return new InvalidInputError(issues, this.message);
  }
}

/** Error for one invalid field; `path` is its name or its path in the input. */
export function invalidInputError(path: string | FieldPath, message: string | FieldSentence): InvalidInputError {
  return new InvalidInputError([{ path: typeof path === 'string' ? [path] : path, message }]);
}

/** @throws InvalidInputError if there are issues. */
export function assertNoIssues(issues: readonly InputIssue[]): void {
  if (issues.length > 0) throw new InvalidInputError(issues);
}
