import { InvalidInputError } from '../errors/invalid-input-error.js';
import { parseFieldPath } from '../errors/field-path.js';
import { sentence } from '../errors/field-sentence.js';
import type { FilterIssue } from './filter-types.js';

/** Error for a filter with these issues. */
export function invalidFilterError(issues: readonly FilterIssue[], message: string): InvalidInputError {
  return new InvalidInputError(
    issues.map((issue) => ({ path: parseFieldPath(issue.path), message: sentence`${issue.message}` })),
    message,
  );
}
