import { nearestName } from '@parley/kernel/filter';
import { CONVERSATION_EVENTS, MessageCreated, MessageUpdated, NoteCreated } from '@parley/messaging';

/** Events that a rule can wait for; each is about a conversation. */
export const RULE_EVENT_CLASSES = [...CONVERSATION_EVENTS, MessageCreated, MessageUpdated, NoteCreated] as const;

/** Their names. */
export const RULE_EVENTS: readonly string[] = RULE_EVENT_CLASSES.map((event) => event.type);

/** Why this is no event that a rule can wait for, or null. */
export function validateEventName(name: string): string | null {
  if (RULE_EVENTS.includes(name)) return null;
  const suggestion = nearestName(name, RULE_EVENTS);
  return `there is no event "${name}" for rules${suggestion ? `: did you mean "${suggestion}"?` : `; there are ${RULE_EVENTS.join(', ')}`}`;
}
