import { ENGLISH_TOPICS } from './topics-en.js';
import { GERMAN_TOPICS } from './topics-de.js';
import { SPANISH_TOPICS } from './topics-es.js';
import type { Topic } from './topic.js';

/** Password of the seeded agents. */
export const AGENT_PASSWORD = 'orange-kettle-4711';

/** The agents, who are invited and join. */
export const AGENTS = [
  { email: 'emma.clarke@agents.example.com', name: 'Emma Clarke' },
  { email: 'jonas.weber@agents.example.com', name: 'Jonas Weber' },
  { email: 'lucia.moreno@agents.example.com', name: 'Lucía Moreno' },
  { email: 'amir.haddad@agents.example.com', name: 'Amir Haddad' },
] as const;

/** Teams, with the positions of their members in {@link AGENTS}. */
export const TEAMS = [
  { name: 'Support', description: 'First contact for all customers.', members: [0, 1, 2, 3] },
  { name: 'Billing', description: 'Invoices, payments and refunds.', members: [0, 1] },
  { name: 'Technical support', description: 'Webhooks, integrations and outages.', members: [2, 3] },
] as const;

/** Inboxes, with the names of their teams. */
export const INBOXES = [
  { name: 'Help center', channel: 'email', team: 'Support', members: [0, 1, 2, 3] },
  { name: 'Shop chat', channel: 'chat', team: null, members: [2, 3] },
] as const;

export const COMPANIES = [
  { name: 'Northwind Traders', domains: ['northwind.example.com'], tags: ['wholesale'] },
  { name: 'Bergmann GmbH', domains: ['bergmann.example.com'], tags: ['wholesale', 'germany'] },
  { name: 'Sol y Mar', domains: ['solymar.example.com'], tags: ['retail', 'spain'] },
] as const;

/** A language with the people who write in it and the texts that they write. */
export interface Language {
  readonly code: string;
  readonly domain: string;
  readonly contacts: readonly string[];
  readonly topics: readonly Topic[];
}

/** Languages of the conversations. */
export const LANGUAGES: readonly Language[] = [
  {
    code: 'en',
    domain: 'northwind.example.com',
    contacts: ['Olivia Bennett', 'Noah Fletcher', 'Grace Okafor', 'Liam Doyle', 'Priya Nair', 'Mason Reed'],
    topics: ENGLISH_TOPICS,
  },
  {
    code: 'de',
    domain: 'bergmann.example.com',
    contacts: ['Anna Schneider', 'Felix Braun', 'Katrin Vogel', 'Murat Yilmaz', 'Sophie Lang', 'Paul Richter'],
    topics: GERMAN_TOPICS,
  },
  {
    code: 'es',
    domain: 'solymar.example.com',
    contacts: ['Carmen Ortega', 'Diego Navarro', 'Elena Prieto', 'Javier Molina', 'Marta Vidal', 'Pablo Serrano'],
    topics: SPANISH_TOPICS,
  },
];

/** Tag of every third contact, which the segment selects. */
export const VIP_TAG = 'vip';

export const SEGMENT = {
  name: 'VIP customers',
  description: 'Contacts with the tag vip.',
  filter: { field: 'tags', operator: 'contains', value: VIP_TAG },
} as const;

export const CANNED_RESPONSES = [
  { shortcut: 'hello', content: 'Hello {{contact.first_name}}, thank you for your message.' },
  { shortcut: 'hallo', content: 'Guten Tag {{contact.name}}, vielen Dank für Ihre Nachricht.' },
  { shortcut: 'hola', content: 'Hola {{contact.first_name}}, gracias por su mensaje.' },
  { shortcut: 'return-label', content: 'The return label is attached to your order confirmation.' },
] as const;

/** A rule. `team` is the name of the team that its first action assigns. */
interface AutomationContent {
  readonly name: string;
  readonly description: string;
  readonly events: readonly string[];
  readonly filter: object;
  readonly team: string | null;
  readonly actions: readonly object[];
}

const contains = (field: string, value: string): object => ({ field, operator: 'contains', value });

/** Rules that the seeded conversations trigger. */
export const AUTOMATIONS: readonly AutomationContent[] = [
  {
    name: 'Invoices to billing',
    description: 'Assigns questions about invoices in all three languages to the billing team.',
    events: ['message.created'],
    filter: {
      all: [
        { field: 'message.type', operator: 'equals', value: 'comment' },
        { any: ['invoice', 'Rechnung', 'factura'].map((word) => contains('message.body', word)) },
      ],
    },
    team: 'Billing',
    actions: [{ type: 'add_tags', tags: ['invoice'] }],
  },
  {
    name: 'Urgent messages',
    description: 'Raises the priority of urgent messages and explains it in a note.',
    events: ['message.created'],
    filter: {
      all: [
        { field: 'message.type', operator: 'equals', value: 'comment' },
        { any: ['urgent', 'dringend', 'urgente'].map((word) => contains('message.body', word)) },
      ],
    },
    team: null,
    actions: [
      { type: 'set_priority', priority: 'urgent' },
      { type: 'add_note', body: 'Priority raised: {{contact.name}} needs a quick answer.' },
    ],
  },
  {
    name: 'Webhooks to technical support',
    description: 'Assigns new conversations about webhooks to technical support.',
    events: ['conversation.created'],
    filter: contains('subject', 'webhook'),
    team: 'Technical support',
    actions: [{ type: 'add_tags', tags: ['integration'] }],
  },
];
