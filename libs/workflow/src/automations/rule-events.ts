import { nearestName } from '@parley/kernel/filter';
import { CONVERSATION_EVENTS, MessageCreated, MessageUpdated, NoteCreated } from '@parley/messaging';

/** Event classes that can trigger rules; all are about conversations. */
export const RULE_EVENT_CLASSES = [...CONVERSATION_EVENTS, MessageCreated, MessageUpdated, NoteCreated] as const;

/** Types of the events that can trigger rules. */
export const RULE_EVENTS: readonly string[] = RULE_EVENT_CLASSES.map((event) => event.type);

/** Returns the error of an event type that cannot trigger rules, or null. */
export function validateEventName(name: string): string | null {
  if (RULE_EVENTS.includes(name)) return null;
  const suggestion = nearestName(name, RULE_EVENTS);
  return suggestion
    ? `"${name}" is not an event type for rules; did you mean "${suggestion}"?`
    : `"${name}" is not an event type for rules; use one of ${RULE_EVENTS.join(', ')}`;
}
