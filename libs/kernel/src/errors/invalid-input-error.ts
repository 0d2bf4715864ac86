import { FieldError, type FieldErrorText } from './field-error.js';
import { toSnakeCasePath, type FieldNaming, type FieldPath } from './field-path.js';
import type { FieldSentence } from './field-sentence.js';

/** The reason why the value of a field is rejected. */
export interface InputIssue {
  readonly path: FieldPath;
  /** Predicate without the field, such as `must be in the future`, or a sentence that is sent as it is. */
  readonly message: string | FieldSentence;
}

/** Messages of more issues are left out of `message`. */
const MAX_ISSUES_IN_MESSAGE = 10;

/**
 * One or more fields of an input are invalid. Becomes BAD_REQUEST with the messages by field. `message` has those of the
 * first fields, for logs and stored failures.
 */
export class InvalidInputError extends FieldError {
  constructor(
    readonly issues: readonly InputIssue[],
    private readonly summary = 'The request is not valid',
  ) {
    const texts = issues.slice(0, MAX_ISSUES_IN_MESSAGE).map((issue) => textOf(issue, toSnakeCasePath));
    super('BAD_REQUEST', texts.join('; ') || summary);
  }

  describe(nameOf: FieldNaming = toSnakeCasePath): FieldErrorText & { readonly details: Record<string, string[]> } {
    const details: Record<string, string[]> = {};
    for (const issue of this.issues) (details[nameOf(issue.path)] ??= []).push(textOf(issue, nameOf));
    return { message: this.summary, details };
  }

  mapPaths(map: (path: FieldPath) => FieldPath): InvalidInputError {
    const issues = this.issues.map(({ path, message }) => ({
      path: map(path),
      message: typeof message === 'string' ? message : message.mapPaths(map),
    }));
    return new InvalidInputError(issues, this.summary);
  }

  within(...prefix: FieldPath): InvalidInputError {
    const issues = this.issues.map(({ path, message }) => ({ path: [...prefix, ...path], message }));
    return new InvalidInputError(issues, this.summary);
  }
}

function textOf({ path, message }: InputIssue, nameOf: FieldNaming): string {
  return typeof message === 'string' ? `${nameOf(path)} ${message}` : message.render(path, nameOf);
}

/** Error for one invalid field; `path` is its name or its path in the input. */
export function invalidInputError(path: string | FieldPath, message: string | FieldSentence): InvalidInputError {
  return new InvalidInputError([{ path: typeof path === 'string' ? [path] : path, message }]);
}

/** @throws InvalidInputError if there are issues. */
export function assertNoIssues(issues: readonly InputIssue[]): void {
  if (issues.length > 0) throw new InvalidInputError(issues);
}
