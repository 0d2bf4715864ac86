import { cpuTimeOf } from '@parley/kernel/testing';
import { buildConversationState } from '../conversations/conversation.samples.js';
import { TEMPLATE_VARIABLE_DEFINITIONS } from './template-variables.js';
import { renderTemplate, validateTemplate, type TemplateContext } from './templates.js';

const CONTEXT: TemplateContext = {
  conversation: {
    ...buildConversationState({ number: 7 }),
    contact: { id: 'c', name: 'John Doe', email: null },
    assignee: null,
    team: null,
    inbox: { id: 'i', name: 'Support' },
  },
  contact: {
    id: 'c',
    identifier: null,
    email: 'john@example.com',
    name: 'John Doe',
    phone: null,
    company: null,
    companyId: null,
    avatarUrl: null,
    avatar: null,
    customFields: {},
    tags: [],
    status: 'active',
    blocked: false,
    otherEmails: [],
    otherPhones: [],
    conversationCount: 1,
    ticketCount: 0,
    lastSeenAt: null,
    version: 1,
    createdAt: '2026-01-15T12:00:00.000Z',
    updatedAt: '2026-01-15T12:00:00.000Z',
  },
  message: null,
  agent: { name: 'Sarah Chen', email: 'sarah@example.com' },
  event: null,
  now: new Date('2026-01-15T12:00:00.000Z'),
  timezone: 'Europe/Berlin',
};

describe('validateTemplate', () => {
  it.each([
    'Hello',
    'Hello {{contact.name}}',
    '{% if contact.company %}{{ contact.company | upcase }}{% endif %}',
    '{{ conversation.custom_fields.order_id }}',
    '{{ contact["name"] }}',
  ])('should return no errors when the template is %s', (text) => expect(validateTemplate(text)).toEqual([]));

  it.each([
    ['Hello {{contact.nam}}', 'unknown variable "contact.nam"; did you mean "contact.name"?'],
    ['{{ password }}', 'unknown variable "password"; use one of contact.id, contact.name'],
    ['{{ contact.name | nosuchfilter }}', 'undefined filter: nosuchfilter'],
    ['{% for x in %}', 'is not a valid Liquid template'],
    ['{{ contact.name', 'is not a valid Liquid template'],
  ])('should return an error when the template is %s', (text, message) => {
    expect(validateTemplate(text).join('; ')).toContain(message);
  });

  it('should return an error when a template includes files or other templates', () => {
    expect(
      validateTemplate('{% include "/etc/passwd" %}').length + validateTemplate('{% render "x" %}').length,
    ).toBeGreaterThan(0);
  });
});

describe('renderTemplate', () => {
  it.each(TEMPLATE_VARIABLE_DEFINITIONS.map(({ name }) => name))(
    'should have a value when the variable is %s',
    (name) => {
      const { conversation } = CONTEXT;
      const assigned = {
        ...conversation,
        assignee: { id: 'u', name: 'Sarah Chen' },
        team: { id: 't', name: 'Billing' },
      };
      const message = { id: 'm', body: 'Hello', author: { name: 'John Doe' } } as unknown as TemplateContext['message'];
      const context = {
        ...CONTEXT,
        conversation: { ...assigned, subject: 'Invoice', tags: ['vip'], customFields: { order_id: '1' } },
        contact: {
          ...CONTEXT.contact!,
          phone: '+14155550123',
          company: 'Acme',
          identifier: 'x',
          customFields: { a: 1 },
        },
        message,
        event: 'message.created',
      };
      expect(renderTemplate(`{{ ${name} | json }}`, context)).not.toMatch(/^(?:null|)$/);
    },
  );

  it('should replace variables', () => {
    expect(renderTemplate('Hello {{contact.first_name}}, number {{conversation.number}}', CONTEXT)).toBe(
      'Hello John, number 7',
    );
    expect(renderTemplate('{{ agent.first_name }} of {{ inbox.name }}{{ team.name }}', CONTEXT)).toBe(
      'Sarah of Support',
    );
  });

  it('should escape values when the content type is html', () => {
    const context = { ...CONTEXT, contact: { ...CONTEXT.contact!, name: '<b>John</b>' } };
    expect(renderTemplate('<p>{{ contact.name }}</p>', context, 'html')).toBe('<p>&lt;b&gt;John&lt;/b&gt;</p>');
    expect(renderTemplate('{{ contact.name }}', context, 'text')).toBe('<b>John</b>');
  });

  it.each([
    ['UTC', '2026-07-15T23:30:00.000Z', '2026-07-15T23:30:00Z', '2026-07-15 23:30'],
    ['Europe/Berlin', '2026-07-15T23:30:00.000Z', '2026-07-16T01:30:00+02:00', '2026-07-16 01:30'],
    ['Europe/Berlin', '2026-01-15T23:30:00.000Z', '2026-01-16T00:30:00+01:00', '2026-01-16 00:30'],
    ['Asia/Kolkata', '2026-01-15T23:30:00.000Z', '2026-01-16T05:00:00+05:30', '2026-01-16 05:00'],
    ['America/St_Johns', '2026-01-15T23:30:00.000Z', '2026-01-15T20:00:00-03:30', '2026-01-15 20:00'],
  ])('should show the time of the workspace when its time zone is %s', (timezone, time, now, formatted) => {
    const context = { ...CONTEXT, now: new Date(time), timezone };
    expect(renderTemplate('{{ now }}', context)).toBe(now);
    for (const type of ['text', 'html'] as const)
      expect(renderTemplate('{{ now | date: "%Y-%m-%d %H:%M" }}', context, type)).toBe(formatted);
    const createdAt = { ...context, conversation: { ...context.conversation, createdAt: time } };
    expect(renderTemplate('{{ conversation.created_at | date: "%Y-%m-%d %H:%M" }}', createdAt)).toBe(formatted);
  });

  it('should throw when rendering takes too long', () => {
    const endless = '{% for a in (1..100000) %}{% for b in (1..100000) %}{{ a }}{% endfor %}{% endfor %}';
    expect(cpuTimeOf(() => expect(() => renderTemplate(endless, CONTEXT)).toThrow())).toBeLessThan(5_000);
  });

  it('should not expose prototypes', () => {
    expect(renderTemplate('{{ contact.constructor }}{{ conversation.tags.constructor }}', CONTEXT)).toBe('');
  });
});
