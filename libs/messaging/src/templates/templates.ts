import type { ContactView } from '@parley/identity';
import { nearestName } from '@parley/kernel/filter';
import { Liquid } from 'liquidjs';
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
/** Escapes values in HTML templates, because contacts choose their own names. */
const htmlEngine = new Liquid({ ...ENGINE_OPTIONS, outputEscape: 'escape' });

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

function firstName(name: string | null): string | null {
  return name?.split(/\s+/)[0] ?? null;
}

/** Maps the context to template variables. */
function toTemplateVariables({ contact, conversation, message, agent, event, now }: TemplateContext): object {
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
    now: now.toISOString(),
  };
}

/** Replaces the variables of a template. @throws Error when rendering exceeds its time or size limits. */
export function renderTemplate(text: string, context: TemplateContext, type: TemplateContentType = 'text'): string {
  if (!text.includes('{')) return text;
  return (type === 'html' ? htmlEngine : engine).parseAndRenderSync(text, toTemplateVariables(context)) as string;
}
