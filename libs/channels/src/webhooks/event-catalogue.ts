import { DomainError, type Principal } from '@parley/kernel';
import { hasScope } from '@parley/kernel/auth';
import { eventDefinitions, isSecurityEvent } from '@parley/kernel/events';
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

/** The fields of `data` of the events that a subscription matches. Unknown names match none. */
export function dataFieldsOf(subscription: readonly string[]): string[] {
  const names = new Set(subscription);
  const matched = eventDefinitions().filter(({ type }) =>
    matchingSubscriptions([type]).some((name) => names.has(name)),
  );
  return [...new Set(matched.flatMap(({ fields }) => fields))];
}

/** Everything that a subscription can contain to match one of these event types. `*` does not match security events. */
export function matchingSubscriptions(types: readonly string[]): string[] {
  const all = types.some((type) => isSecurityEvent({ type })) ? [] : ['*'];
  return [...new Set([...all, ...types.map(wildcardOf), ...types])];
}

/** True if a subscription matches security events. */
export function includesSecurityEvents(subscription: readonly string[]): boolean {
  return subscription.some((name) => isSecurityEvent({ type: name }));
}

/** @throws DomainError FORBIDDEN if a subscription matches security events and the caller cannot read the audit log. */
export function assertCanReceive({ scopes }: Principal, subscription: readonly string[]): void {
  if (!includesSecurityEvents(subscription) || hasScope(scopes, 'audit:read')) return;
  throw new DomainError('FORBIDDEN', 'Webhooks with `security.*` events require the scope audit:read', {
    requiredScope: 'audit:read',
  });
}

function wildcardOf(type: string): string {
  return `${type.slice(0, type.indexOf('.'))}.*`;
}
