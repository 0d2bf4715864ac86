import { toInputIssues } from '../filter/invalid-filter-error.js';
import type { ParsedFilter } from '../filter/parse-filter.js';
import type { Problem } from './problem.js';

/** The problems of a parsed filter; none if it is valid. */
export function filterProblems(parsed: ParsedFilter): Problem[] {
  if (parsed.ok) return [];
  return toInputIssues(parsed.issues).map((issue) => ({
    ...issue,
    code: issue.path.at(-1) === 'field' ? 'unknown_field' : 'invalid',
    target: null,
  }));
}
