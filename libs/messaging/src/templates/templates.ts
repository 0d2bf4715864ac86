import { CUSTOM_FIELD, customFieldId, type ContactView } from '@parley/identity';
import type { FieldPath } from '@parley/kernel';
import type { Reference } from '@parley/kernel/references';
import { nearestName } from '@parley/kernel/filter';
import { Liquid } from 'liquidjs';
import { LRUCache } from 'lru-cache';
import type { ConversationView } from '../conversations/conversation.view.js';
import type { MessageView } from '../messages/message.view.js';
import { TEMPLATE_VARIABLES } from './template-variables.js';

/** Data that templates are rendered with. */
export interface TemplateContext {
  readonly conversation: ConversationView;
  readonly contact: ContactView | null;
  readonly message: MessageView | null;
  /** User who sends the text; null for texts that rules or service keys send. */
  readonly agent: { readonly name: string; readonly email: string } | null;
  /** Type of the event that triggered the text; null if there is none. */
  readonly event: string | null;
  readonly now: Date;
  /** IANA time zone of the workspace: of `now`, and of times that are formatted. */
  readonly timezone: string;
}

/**
 * Agents and rule authors write templates. The options limit them to their variables and bound the time and memory of
 * rendering.
 */
const ENGINE_OPTIONS = {
  ownPropertyOnly: true,
  strictFilters: true,
  relativeReference: false,
  templates: {},
  parseLimit: 200_000,
  renderLimit: 200,
  memoryLimit: 5_000_000,
};
const engine = new Liquid(ENGINE_OPTIONS);

const MAX_CACHED_ENGINES = 100;
const engines = new LRUCache<string, Liquid>({ max: MAX_CACHED_ENGINES });

/** Returns the engine that formats times in a zone. Escapes values in HTML, because contacts choose their own names. */
function engineOf(type: TemplateContentType, timezone: string): Liquid {
  const key = `${type === 'html' ? 'html' : 'text'} ${timezone}`;
  const cached = engines.get(key);
  if (cached) return cached;
  const created = new Liquid({
    ...ENGINE_OPTIONS,
    timezoneOffset: timezone,
    ...(type === 'html' && { outputEscape: 'escape' }),
  });
  engines.set(key, created);
  return created;
}

/** Content types of templates. */
export const TEMPLATE_CONTENT_TYPES = ['text', 'markdown', 'html'] as const;
export type TemplateContentType = (typeof TEMPLATE_CONTENT_TYPES)[number];

const ROOT_VARIABLES = new Set(TEMPLATE_VARIABLES.map((name) => name.split('.')[0]!));

function validateVariable(segments: readonly (string | number | readonly unknown[])[]): string | null {
  const [root, member] = segments;
  if (typeof root !== 'string') return 'contains a variable that cannot be validated';
  const name = typeof member === 'string' ? `${root}.${member}` : root;
  if (TEMPLATE_VARIABLES.includes(name) || (member === undefined && ROOT_VARIABLES.has(root))) return null;
  const suggestion = nearestName(name, TEMPLATE_VARIABLES);
  return suggestion
    ? `unknown variable "${name}"; did you mean "${suggestion}"?`
    : `unknown variable "${name}"; use one of ${TEMPLATE_VARIABLES.join(', ')}`;
}

/** Returns the errors of a template; empty if it can be rendered. */
export function validateTemplate(text: string): string[] {
  try {
    const variables = engine.globalVariableSegmentsSync(engine.parse(text)) as (string | number)[][];
    return [...new Set(variables.map(validateVariable).filter((message) => message !== null))];
  } catch (error) {
    // Partials are resolved while variables are collected. None exist, so they fail as well.
    return [`is not a valid Liquid template: ${(error as Error).message.split('\n')[0]}`];
  }
}

/** The variables of a template with their members, such as `['contact', 'custom_fields', 'plan']`; none if it is invalid. */
export function listTemplateVariables(text: string): readonly (readonly unknown[])[] {
  try {
    return engine.globalVariableSegmentsSync(engine.parse(text));
  } catch {
    return [];
  }
}

/** The references of a template to custom fields, such as `{{contact.custom_fields.plan}}`. */
export function templateReferences(text: string, path: FieldPath): Reference[] {
  const ids = listTemplateVariables(text).flatMap(([root, member, key]) => {
    const isKey = member === 'custom_fields' && typeof key === 'string' && key !== 'size';
    return isKey && typeof root === 'string' ? [customFieldId(root, key)] : [];
  });
  return [...new Set(ids)].map((id) => ({ path, target: { type: CUSTOM_FIELD, id } }));
}

function firstName(name: string | null): string | null {
  return name?.split(/\s+/)[0] ?? null;
}

/** Formats a time of RFC 3339 with the offset of a time zone, such as `2026-07-15T14:00:00+02:00`. */
function formatLocalTime(time: Date, timezone: string): string {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  });
  const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
  const offset = parts.timeZoneName!.replace('GMT', '') || '+00:00';
  const date = `${parts.year}-${parts.month}-${parts.day}`;
  return `${date}T${parts.hour}:${parts.minute}:${parts.second}${offset === '+00:00' ? 'Z' : offset}`;
}

/** Maps the context to template variables. */
function toTemplateVariables({ contact, conversation, message, agent, event, now, timezone }: TemplateContext): object {
  return {
    contact: contact && {
      id: contact.id,
      name: contact.name,
      first_name: firstName(contact.name),
      email: contact.email,
      phone: contact.phone,
      company: contact.company,
      identifier: contact.identifier,
      custom_fields: contact.customFields,
    },
    conversation: {
      id: conversation.id,
      number: conversation.number,
      subject: conversation.subject,
      status: conversation.status,
      priority: conversation.priority,
      channel: conversation.channel,
      tags: conversation.tags,
      custom_fields: conversation.customFields,
      created_at: conversation.createdAt,
    },
    message: message && { id: message.id, body: message.body, author: message.author.name },
    assignee: conversation.assignee,
    team: conversation.team,
    inbox: conversation.inbox,
    agent: agent && { name: agent.name, first_name: firstName(agent.name), email: agent.email },
    event,
    now: formatLocalTime(now, timezone),
  };
}

/** Replaces the variables of a template. @throws Error when rendering exceeds its time or size limits. */
export function renderTemplate(text: string, context: TemplateContext, type: TemplateContentType = 'text'): string {
  if (!text.includes('{')) return text;
  return engineOf(type, context.timezone).parseAndRenderSync(text, toTemplateVariables(context)) as string;
}
