import { TAG } from '@parley/identity';
import { sentence } from '@parley/kernel';
import { parseFilter, type FieldCatalogue } from '@parley/kernel/filter';
import { filterProblems, filterReferences, type Inspection, type Problem } from '@parley/kernel/references';
import { actionReferences, actionTemplateReferences, validateActions } from './actions/action-validation.js';
import type { Rule } from './automation.view.js';
import type { RuleSubjectRegistry } from './subjects/rule-subject-registry.service.js';
import type { RuleSubject } from './subjects/rule-subject.js';

/** Rule as received; not validated yet. */
export interface RuleInput extends Omit<Rule, 'filter' | 'actions'> {
  readonly filter: unknown;
  readonly actions: unknown;
}

/** The fields of a rule that can be wrong. */
export type InspectedRule = Pick<RuleInput, 'events' | 'filter' | 'actions' | 'runPolicy' | 'cooldownSeconds'>;

/**
 * All problems of a rule that can be found without the database, and its references.
 * @param fields the fields of a rule's filter, with the types of the custom fields.
 */
export function inspectRule(
  rule: InspectedRule,
  subjects: RuleSubjectRegistry,
  fields: (subject: RuleSubject) => FieldCatalogue,
): Inspection {
  const { subject, problems } = inspectEvents(rule.events, subjects);
  const catalogue = fields(subject);
  return {
    references: [
      // Actions create the tags that they add, and ignore those that they would remove.
      ...actionReferences(rule.actions).filter(({ target }) => target.type !== TAG),
      ...actionTemplateReferences(rule.actions),
      ...filterReferences(rule.filter, catalogue),
    ],
    problems: [
      ...problems,
      ...filterProblems(parseFilter(rule.filter, catalogue, { purpose: 'memory' })),
      ...validateActions(rule.actions, subject.type),
      ...inspectCooldown(rule),
    ],
  };
}

/** The subject of the rule; the events of one rule are about one type of subject. */
function inspectEvents(
  events: readonly string[],
  subjects: RuleSubjectRegistry,
): { subject: RuleSubject; problems: Problem[] } {
  const subject = events.map((type) => subjects.findByEventType(type)).find((found) => found !== null);
  const problems = events.flatMap((type, index): Problem[] => {
    const path = ['events', index];
    const error = subjects.validateEventType(type);
    if (error) return [{ path, code: 'unknown_event', message: sentence`${error}`, target: null }];
    if (subjects.findByEventType(type) === subject) return [];
    return [{ path, code: 'invalid', message: `is not an event of a ${subject!.type}`, target: null }];
  });
  return { subject: subject ?? subjects.default, problems };
}

function inspectCooldown({ runPolicy, cooldownSeconds }: InspectedRule): Problem[] {
  const isCooldown = runPolicy === 'cooldown';
  if (isCooldown === (cooldownSeconds !== null)) return [];
  const message = isCooldown
    ? 'is required with the run policy cooldown'
    : 'is only allowed with the run policy cooldown';
  return [{ path: ['cooldownSeconds'], code: 'invalid', message, target: null }];
}
