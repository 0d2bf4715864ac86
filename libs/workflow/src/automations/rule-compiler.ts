import { explainFilter, parseFilter, type FilterExplanation, type ValidFilter } from '@parley/kernel/filter';
import { LRUCache } from 'lru-cache';
import type { AutomationView, Rule } from './automation.view.js';
import { toFilterSubject, type RuleContext, type RuleSubject } from './subjects/rule-subject.js';

const MAX_COMPILED_RULES = 10_000;

const compiled = new LRUCache<string, ValidFilter>({ max: MAX_COMPILED_RULES });

/** The parsed filter of a stored rule, parsed once per version. @throws Error like {@link parseRule}. */
export function compileRule(rule: AutomationView, subject: RuleSubject): ValidFilter {
  const key = `${rule.id}:${rule.version}`;
  const existing = compiled.get(key);
  if (existing) return existing;
  const filter = parseRule(rule, subject);
  compiled.set(key, filter);
  return filter;
}

/**
 * Parses the filter of a rule.
 * @throws Error when it contains fields that this version of Parley does not have.
 */
export function parseRule({ filter }: Pick<Rule, 'filter'>, subject: RuleSubject): ValidFilter {
  const parsed = parseFilter(filter, subject.fields, { purpose: 'memory' });
  if (parsed.ok) return parsed.filter;
  const issues = parsed.issues.map(({ path, message }) => `${path} ${message}`);
  throw new Error(`The stored filter is not valid: ${issues.join('; ')}`);
}

/** Evaluates the conditions of a filter, which is that of the rule. */
export function explainRule(
  filter: ValidFilter,
  { events }: Pick<Rule, 'events'>,
  subject: RuleSubject,
  context: RuleContext,
): FilterExplanation {
  return explainFilter(filter, subject.fields, toFilterSubject(context, events));
}
