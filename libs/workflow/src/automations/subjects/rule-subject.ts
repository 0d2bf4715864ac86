import type { Actor } from '@parley/kernel';
import type { SubjectRef } from '@parley/kernel/automation';
import { eventTypesOf, type Changed, type RecordedEvent } from '@parley/kernel/events';
import type { FieldCatalogue, FilterSubject, ValidNode } from '@parley/kernel/filter';

/** Event that triggers a rule. */
export interface RuleEvent {
  readonly type: string;
  /** Other types that the event matches. */
  readonly aliases?: readonly string[];
  readonly actor: Actor;
  readonly changed: Changed;
}

/** Subject and event that trigger a rule. */
export interface RuleTrigger {
  readonly subject: SubjectRef;
  /** Message that the event is about or that came with it. */
  readonly messageId: string | null;
  readonly event: RuleEvent;
}

/** Data that rules are evaluated with. */
export interface RuleContext {
  readonly subject: SubjectRef;
  readonly event: RuleEvent;
  readonly now: Date;
  /** Time of the last change of the subject's status, for run policies. */
  readonly statusChangedAt: string;
  /** Objects that templates refer to, such as `contact`. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Value of a field of the subject's catalogue. */
  readonly readField: (name: string) => unknown;
}

/** A type of object that rules act on. Its fields are declared once, each with its reader. */
export interface RuleSubject {
  /** `conversation`, `ticket` or `contact`. */
  readonly type: string;
  /** Types of the events that can trigger rules on it. */
  readonly eventTypes: readonly string[];
  /** Those of the events that report a change of the subject. */
  readonly changeEventTypes: ReadonlySet<string>;
  /** Fields that the filters of its rules can use. */
  readonly fields: FieldCatalogue;
  /** What is always true of an event of a type, as a filter; null if nothing is. */
  eventFacts(type: string): ValidNode | null;
  /** True if an event can report a change of the field. */
  canChange(name: string): boolean;
  /** True if the field keeps its value until an action, a user or a contact changes it. */
  isLasting(name: string): boolean;
  /** The types that an event with these changes matches: the one of every change, then the special ones. */
  eventTypesOf(changed: Changed): readonly string[];
  /** The subject of an event of one of these types. */
  locate(event: RecordedEvent): RuleTrigger;
  /** Loads the current data for each trigger; null if the subject does not exist. */
  loadMany(workspaceId: string, triggers: readonly RuleTrigger[]): Promise<(RuleContext | null)[]>;
}

/** Wraps the data for the evaluation of the filter of a rule. `event` is the type that the rule waits for. */
export function toFilterSubject({ now, event, readField }: RuleContext, ruleEvents: readonly string[]): FilterSubject {
  const type = eventTypesOf(event).find((name) => ruleEvents.includes(name)) ?? event.type;
  return { now, changed: event.changed, get: (name) => (name === 'event' ? type : readField(name)) };
}
