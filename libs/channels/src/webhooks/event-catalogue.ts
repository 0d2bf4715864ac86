import { eventDefinitions } from '@parley/kernel/events';
import { nearestName } from '@parley/kernel/filter';

/** What webhooks can subscribe to: the event types of all loaded domains, and a wildcard per subject. */
interface EventCatalogue {
  readonly types: ReadonlySet<string>;
  readonly wildcards: ReadonlySet<string>;
}

let catalogue: EventCatalogue | null = null;

/** Read on first use, when every domain has been loaded. */
function eventCatalogue(): EventCatalogue {
  if (catalogue === null) {
    const types = new Set(eventDefinitions().map(({ type }) => type));
    catalogue = { types, wildcards: new Set([...types].map(wildcardOf)) };
  }
  return catalogue;
}

/** One message for each name that is neither an event type, nor a wildcard such as `conversation.*`, nor `*`. */
export function validateEventNames(names: readonly string[]): string[] {
  const { types, wildcards } = eventCatalogue();
  return names
    .filter((name) => name !== '*' && !types.has(name) && !wildcards.has(name))
    .map((name) => {
      const suggestion = nearestName(name, [...types, ...wildcards]);
      const remedy = suggestion
        ? `Did you mean "${suggestion}"?`
        : 'Use a type from GET /v1/event-types, a wildcard such as "conversation.*", or "*".';
      return `"${name}" is not an event type. ${remedy}`;
    });
}

/** Everything that a subscription can contain to match one of these event types. */
export function matchingSubscriptions(types: readonly string[]): string[] {
  return [...new Set(['*', ...types.map(wildcardOf), ...types])];
}

function wildcardOf(type: string): string {
  return `${type.slice(0, type.indexOf('.'))}.*`;
}
