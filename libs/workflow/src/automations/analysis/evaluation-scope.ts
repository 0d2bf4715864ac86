import type { ActionOutcome } from '@parley/kernel/automation';
import type { RuleSubject } from '../subjects/rule-subject.js';
import { readItem, readValue, toComparedValue, touches, type Outcomes } from './field-history.js';
import { booleanVariable, constant, fieldVariable, type Moment, type Scope, type Variable } from './variable-scope.js';

/** The evaluation of one rule of a chain. */
export interface Evaluation {
  readonly subject: RuleSubject;
  readonly eventType: string;
  /** Position in the chain, 0 for the rule that an event from outside triggers. */
  readonly step: number;
  /** The actions of all earlier rules of the chain. */
  readonly outcomes: Outcomes;
  /** Index of the action that caused the event; null for an event from outside. */
  readonly cause: number | null;
}

/** The variables that a rule's filter reads when it is evaluated for an event. */
export function createScope(evaluation: Evaluation): Scope {
  return {
    variable: (moment, name) => readMoment(evaluation, moment, name),
    item: (moment, name, item) => readItemMoment(evaluation, moment, name, item),
  };
}

/** The scope of what is true right after the event, when the following actions of the same rule did not run yet. */
export function createEventScope(evaluation: Evaluation): Scope {
  const { variable, item } = createScope(evaluation);
  const at = (moment: Moment): Moment => (moment === 'current' ? 'after' : moment);
  return {
    variable: (moment, name) => variable(at(moment), name),
    item: (moment, name, text) => item(at(moment), name, text),
  };
}

function readMoment(evaluation: Evaluation, moment: Moment, name: string): Variable {
  if (moment === 'changed') return readChanged(evaluation, name);
  const { subject, outcomes, cause, step } = evaluation;
  const isLasting = subject.isLasting(name);
  if (moment === 'previous') {
    const changed = readChanged(evaluation, name).initial.single;
    if (changed === false) return readCurrent(evaluation, name);
    if (changed === true && isLasting) return readValue(outcomes, cause!, name, subject.fields);
    return fieldVariable(`previous:${name}@${step}`, name, subject.fields);
  }
  if (moment === 'after' && cause !== null && isLasting) return readValue(outcomes, cause + 1, name, subject.fields);
  return readCurrent(evaluation, name);
}

function readCurrent({ subject, eventType, outcomes, cause, step }: Evaluation, name: string): Variable {
  const isChange = subject.changeEventTypes.has(eventType);
  if (name === 'initiator' && cause !== null) return constant('automation');
  if (name === 'event' && !isChange) return constant(eventType);
  if (name.startsWith('message.')) {
    if (isChange) return constant(null);
    const known = cause === null ? undefined : outcomes[cause]?.values?.[name];
    if (known !== undefined) return constant(toComparedValue(known));
  }
  if (subject.isLasting(name)) return readValue(outcomes, outcomes.length, name, subject.fields);
  return fieldVariable(`${name}@${step}`, name, subject.fields);
}

function readChanged({ subject, eventType, outcomes, cause, step }: Evaluation, name: string): Variable {
  if (!subject.changeEventTypes.has(eventType) || !subject.canChange(name)) return constant(false);
  const unknown = booleanVariable(`changed:${name}@${step}`);
  const outcome: ActionOutcome | null = cause === null ? null : outcomes[cause]!;
  if (outcome === null) return unknown;
  if (outcome.unknown?.includes(name)) return unknown;
  if (touches(outcome, name)) return constant(true);
  return subject.isLasting(name) ? constant(false) : unknown;
}

function readItemMoment(evaluation: Evaluation, moment: Moment, name: string, item: string): Variable {
  const { subject, outcomes, cause, step } = evaluation;
  if (!subject.isLasting(name)) return booleanVariable(`${moment}:${name}@${step}:${item}`);
  if (moment === 'current' || (moment === 'after' && cause === null))
    return readItem(outcomes, outcomes.length, name, item);
  if (moment === 'after') return readItem(outcomes, cause! + 1, name, item);
  const changed = readChanged(evaluation, name).initial.single;
  if (changed === false) return readItem(outcomes, outcomes.length, name, item);
  if (changed === true) return readItem(outcomes, cause!, name, item);
  return booleanVariable(`previous:${name}@${step}:${item}`);
}
