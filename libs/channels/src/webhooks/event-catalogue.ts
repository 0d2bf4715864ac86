import * as identity from '@parley/identity';
import { nearestName } from '@parley/kernel/filter';
import * as messaging from '@parley/messaging';
import * as teams from '@parley/teams';

/** Every stored event of the model, by subject. Domains beside or above this one publish some of them, so their classes cannot be named here. */
const EVENT_ACTIONS_BY_SUBJECT: Readonly<Record<string, readonly string[]>> = {
  conversation: [
    'created',
    'updated',
    'assigned',
    'unassigned',
    'team_assigned',
    'status_changed',
    'resolved',
    'reopened',
    'closed',
    'snoozed',
    'unsnoozed',
    'priority_changed',
    'tagged',
    'untagged',
    'merged',
    'unmerged',
    'participant_added',
    'read',
  ],
  message: ['created', 'updated', 'deleted', 'delivered', 'failed'],
  note: ['created', 'updated', 'deleted'],
  contact: ['created', 'updated', 'merged', 'unmerged', 'deleted', 'blocked', 'unblocked', 'tagged', 'untagged'],
  ticket: [
    'created',
    'updated',
    'assigned',
    'status_changed',
    'resolved',
    'closed',
    'reopened',
    'priority_changed',
    'tagged',
  ],
  sla: ['started', 'paused', 'resumed', 'fulfilled', 'warning', 'breached'],
  routing: ['queued', 'assigned'],
  user: ['invited', 'joined', 'updated', 'deactivated', 'availability_changed'],
  team: ['created', 'updated', 'deleted', 'member_added', 'member_removed'],
  api_key: ['created', 'revoked'],
  article: ['created', 'updated', 'published', 'unpublished', 'deleted'],
  ai: [
    'suggestion_created',
    'suggestion_accepted',
    'suggestion_dismissed',
    'handoff',
    'clarification_created',
    'clarification_resolved',
  ],
  channel: ['connected', 'disconnected', 'message_received', 'message_sent', 'message_failed'],
  broadcast: ['scheduled', 'sending', 'sent'],
  webhook: ['disabled'],
  csat: ['requested', 'rated'],
  automation: ['ran', 'failed', 'loop_stopped'],
  security: ['login', 'login_failed', 'password_reset', 'role_changed', 'settings_changed', 'export_requested'],
};

/** The types of all event classes that a domain's door publishes. */
function eventTypesOf(domainExports: object): string[] {
  return Object.values(domainExports as Record<string, unknown>).flatMap((value) => {
    const type = typeof value === 'function' ? (value as { type?: unknown }).type : undefined;
    return typeof type === 'string' ? [type] : [];
  });
}

/** Every event type that a webhook can subscribe to. */
export const EVENT_TYPES: ReadonlySet<string> = new Set([
  ...Object.entries(EVENT_ACTIONS_BY_SUBJECT).flatMap(([subject, actions]) =>
    actions.map((action) => `${subject}.${action}`),
  ),
  ...[teams, identity, messaging].flatMap(eventTypesOf),
]);

const WILDCARDS: ReadonlySet<string> = new Set([...EVENT_TYPES].map(wildcardOf));

/** What is wrong with names that a webhook is to subscribe to, one message each; empty when nothing is. */
export function validateEventNames(names: readonly string[]): string[] {
  return names
    .filter((name) => name !== '*' && !EVENT_TYPES.has(name) && !WILDCARDS.has(name))
    .map((name) => {
      const suggestion = nearestName(name, [...EVENT_TYPES, ...WILDCARDS]);
      return `"${name}" is not an event${suggestion ? `; did you mean "${suggestion}"?` : ', nor a group such as conversation.*, nor *'}`;
    });
}

/** Everything that a subscription may read to be told of an event that answers to these names. */
export function matchingSubscriptions(names: readonly string[]): string[] {
  return [...new Set(['*', ...names.map(wildcardOf), ...names])];
}

function wildcardOf(name: string): string {
  return `${name.slice(0, name.indexOf('.'))}.*`;
}
