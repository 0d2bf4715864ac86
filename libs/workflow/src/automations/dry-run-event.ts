import type { Changed } from '@parley/kernel/events';
import type { Rule } from './automation.view.js';
import type { RuleEvent, RuleSubject } from './subjects/rule-subject.js';

type EventTypes = Pick<RuleSubject, 'changeEventTypes' | 'eventTypesOf'>;

/**
 * The event type of a dry run without `event`: the first one of the rule that can have these changes. If there is none,
 * the type of the event that has them, which does not trigger the rule.
 */
export function chooseEvent({ events }: Pick<Rule, 'events'>, subject: EventTypes, changed: Changed): string {
  if (Object.keys(changed).length === 0) return events[0]!;
  const possible = subject.eventTypesOf(changed);
  const isPossible = (type: string): boolean => !subject.changeEventTypes.has(type) || possible.includes(type);
  return events.find(isPossible) ?? possible[1] ?? possible[0]!;
}

/** Returns the reason why an event does not trigger a rule, or null if it does. */
export function eventSkipReason(
  { events }: Pick<Rule, 'events'>,
  subject: EventTypes,
  { type, changed }: Pick<RuleEvent, 'type' | 'changed'>,
): string | null {
  const types = subject.changeEventTypes.has(type) ? [type, ...subject.eventTypesOf(changed)] : [type];
  if (types.some((candidate) => events.includes(candidate))) return null;
  return `The event "${type}" does not trigger the rule. Its events are: ${events.join(', ')}.`;
}
