import type { ContactView } from '@parley/identity';
import { nearestName } from '@parley/kernel/filter';
import { Liquid } from 'liquidjs';
import type { ConversationView } from '../conversations/conversation.view.js';
import type { MessageView } from '../messages/message.view.js';

/** What texts are rendered from. */
export interface TemplateContext {
  readonly conversation: ConversationView;
  readonly contact: ContactView | null;
  readonly message: MessageView | null;
  /** Whoever is about to say the text; nobody in texts that programs say. */
  readonly agent: { readonly name: string; readonly email: string } | null;
  /** The event that set off whatever says the text, if one did. */
  readonly event: string | null;
  readonly now: Date;
}

/** Texts come from whoever may write rules and canned responses, so they can neither reach anything but their variables nor run on. */
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
/** What customers call themselves is no HTML. */
const htmlEngine = new Liquid({ ...ENGINE_OPTIONS, outputEscape: 'escape' });

/** What prepared texts can be written in. */
export const TEMPLATE_CONTENT_TYPES = ['text', 'markdown', 'html'] as const;
export type TemplateContentType = (typeof TEMPLATE_CONTENT_TYPES)[number];

/** Variables that texts can take. */
export const TEMPLATE_VARIABLES = [
  'contact.id',
  'contact.name',
  'contact.first_name',
  'contact.email',
  'contact.phone',
  'contact.company',
  'contact.identifier',
  'contact.custom_fields',
  'conversation.id',
  'conversation.number',
  'conversation.subject',
  'conversation.status',
  'conversation.priority',
  'conversation.channel',
  'conversation.tags',
  'conversation.custom_fields',
  'conversation.created_at',
  'message.id',
  'message.body',
  'message.author',
  'assignee.name',
  'team.name',
  'inbox.name',
  'agent.name',
  'agent.first_name',
  'agent.email',
  'event',
  'now',
] as const;

const ROOT_VARIABLES = new Set(TEMPLATE_VARIABLES.map((name) => name.split('.')[0]!));

function validateVariable(segments: readonly (string | number | readonly unknown[])[]): string | null {
  const [root, member] = segments;
  if (typeof root !== 'string') return 'takes a variable that cannot be checked';
  const name = typeof member === 'string' ? `${root}.${member}` : root;
  if ((TEMPLATE_VARIABLES as readonly string[]).includes(name) || (member === undefined && ROOT_VARIABLES.has(root)))
    return null;
  const suggestion = nearestName(name, TEMPLATE_VARIABLES);
  return `has no variable "${name}"${suggestion ? `: did you mean "${suggestion}"?` : ''}`;
}

/** What is wrong with a text, one message each; none when it can be rendered. */
export function validateTemplate(text: string): string[] {
  try {
    const variables = engine.globalVariableSegmentsSync(engine.parse(text)) as (string | number)[][];
    return [...new Set(variables.map(validateVariable).filter((message) => message !== null))];
  } catch (error) {
    // Other templates are looked up while the variables are gathered; there are none.
    return [`is not a valid Liquid template: ${(error as Error).message.split('\n')[0]}`];
  }
}

function firstName(name: string | null): string | null {
  return name?.split(/\s+/)[0] ?? null;
}

/** What texts see of the facts. */
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

/** The text with its variables filled in. @throws Error when it takes too long or too much. */
export function renderTemplate(text: string, context: TemplateContext, type: TemplateContentType = 'text'): string {
  if (!text.includes('{')) return text;
  return (type === 'html' ? htmlEngine : engine).parseAndRenderSync(text, toTemplateVariables(context)) as string;
}
