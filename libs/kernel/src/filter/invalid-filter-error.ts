import { InvalidInputError, type InputIssue } from '../errors/invalid-input-error.js';
import { parseFieldPath } from '../errors/field-path.js';
import { sentence } from '../errors/field-sentence.js';
import type { FilterIssue } from './filter-types.js';

/** Error for a filter with these issues. */
export function invalidFilterError(issues: readonly FilterIssue[], message: string): InvalidInputError {
  return new InvalidInputError(toInputIssues(issues), message);
}

/** The issues of a filter that is a part of an input. */
export function toInputIssues(issues: readonly FilterIssue[]): InputIssue[] {
  return issues.map(({ path, message }) => ({ path: parseFieldPath(path), message: sentence`${message}` }));
}
