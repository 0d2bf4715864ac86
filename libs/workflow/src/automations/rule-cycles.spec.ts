import './actions/conversation-action-handlers.service.js';
import './actions/conversation-status-action-handlers.service.js';
import { parseFilter, type FilterNode } from '@parley/kernel/filter';
import type { Action } from './automation.view.js';
import { buildContradictionWarning, buildCycleWarning, findCycleThrough, type LinkedRule } from './rule-cycles.js';
import { ConversationRuleSubjectService } from './subjects/conversation-rule-subject.service.js';

const subject = new (ConversationRuleSubjectService as unknown as new () => ConversationRuleSubjectService)();

const where = (field: string, operator: string, value?: unknown): FilterNode =>
  (value === undefined ? { field, operator } : { field, operator, value }) as FilterNode;
const all = (...nodes: FilterNode[]): FilterNode => ({ all: nodes });

const TAG = (tag: string): Action => ({ type: 'add_tags', tags: [tag] });
const PRIORITY = (priority: string): Action => ({ type: 'set_priority', priority });
const NOTE: Action = { type: 'add_note', body: 'Hi' };
const RESOLVE: Action = { type: 'resolve' };
const REOPEN: Action = { type: 'reopen' };
const TEAM = '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c';

function parse(filter: FilterNode): LinkedRule['root'] {
  const parsed = parseFilter(filter, subject.fields, { purpose: 'memory' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.filter.root;
}

function rule(id: string, events: string[], filter: FilterNode | null, ...actions: Action[]): LinkedRule {
  return { id, name: id, events, actions, runPolicy: 'always', root: parse(filter ?? { all: [] }) };
}

const cycle = (...rules: LinkedRule[]): string | null =>
  findCycleThrough(rules[0]!, rules, subject)
    ?.map(({ id }) => id)
    .join(' ') ?? null;

const A = (...rest: [string[], FilterNode | null, ...Action[]]): LinkedRule => rule('A', ...rest);
const B = (...rest: [string[], FilterNode | null, ...Action[]]): LinkedRule => rule('B', ...rest);

const CYCLES: readonly (readonly [name: string, rules: LinkedRule[], cycle: string])[] = [
  [
    'the message must be by a bot',
    [A(['message.created'], where('message.author_type', 'equals', 'bot'), { type: 'send_reply', body: 'x' })],
    'A',
  ],
  [
    'a resolved conversation is closed and reopened',
    [A(['conversation.closed'], null, REOPEN), B(['conversation.reopened'], null, { type: 'close' })],
    'A B',
  ],
  ['a rule causes its own event', [A(['conversation.updated'], null, PRIORITY('high'))], 'A'],
  ['a note follows a note', [A(['note.created'], null, NOTE)], 'A'],
  [
    'a reply follows a message',
    [A(['message.created'], where('channel', 'equals', 'email'), { type: 'send_reply', body: 'x' })],
    'A',
  ],
  [
    'two rules set the status back and forth',
    [A(['conversation.resolved'], null, REOPEN), B(['conversation.reopened'], null, RESOLVE)],
    'A B',
  ],
  [
    'each filter matches what the other rule sets',
    [
      A(['conversation.priority_changed'], where('priority', 'changed_to', 'high'), PRIORITY('low')),
      B(['conversation.updated'], where('priority', 'equals', 'low'), PRIORITY('high')),
    ],
    'A B',
  ],
  [
    'a tag is added and removed',
    [
      A(['conversation.tagged'], where('tags', 'contains', 'VIP'), { type: 'remove_tags', tags: ['vip'] }),
      B(['conversation.untagged'], where('tags', 'not_contains', 'vip'), TAG('Vip')),
    ],
    'A B',
  ],
  [
    'one of several conditions can be true',
    [
      A(
        ['conversation.updated'],
        { any: [where('priority', 'equals', 'low'), where('subject', 'contains', 'x')] },
        TAG('x'),
      ),
    ],
    'A',
  ],
  [
    'a pattern is not understood',
    [A(['conversation.updated'], where('subject', 'matches', '^a$'), PRIORITY('high'))],
    'A',
  ],
  [
    'the cause is an automation',
    [A(['conversation.updated'], where('initiator', 'equals', 'automation'), PRIORITY('high'))],
    'A',
  ],
];

const NO_CYCLES: readonly (readonly [name: string, rules: LinkedRule[]])[] = [
  ...['user', 'contact', 'ai_agent', 'system'].map((author): readonly [string, LinkedRule[]] => [
    `the message must be by a ${author}`,
    [A(['message.created'], where('message.author_type', 'equals', author), { type: 'send_reply', body: 'x' })],
  ]),
  ['the note must be by a user', [A(['note.created'], where('message.author_type', 'equals', 'user'), NOTE)]],
  [
    'the message must have attachments',
    [A(['message.created'], where('message.attachment_count', 'greater_than', 0), { type: 'send_reply', body: 'x' })],
  ],
  [
    'a resolved or closed conversation cannot become pending',
    [A(['conversation.reopened'], null, { type: 'set_status', status: 'pending' })],
  ],
  [
    'the chain leads through a conversation that cannot become pending',
    [
      A(['conversation.resolved'], null, { type: 'set_status', status: 'pending' }),
      B(['conversation.reopened'], null, RESOLVE),
    ],
  ],
  [
    'a closed conversation cannot be resolved',
    [A(['conversation.updated'], where('status', 'changed_from', 'closed'), RESOLVE)],
  ],
  ['there are other events only', [A(['message.created'], null, TAG('x'), NOTE)]],
  ['the action makes the filter false', [A(['conversation.updated'], where('status', 'equals', 'open'), RESOLVE)]],
  [
    'a negated condition is false then',
    [A(['conversation.tagged'], { not: where('tags', 'contains', 'seen') }, TAG('Seen'))],
  ],
  ['the tag is there already', [A(['conversation.tagged'], where('tags', 'contains', 'seen'), TAG('seen'))]],
  [
    'the field has the value already',
    [A(['conversation.priority_changed'], where('priority', 'equals', 'high'), PRIORITY('high'))],
  ],
  [
    'the filter waits for another change',
    [A(['conversation.updated'], where('priority', 'changed'), { type: 'assign_team', team_id: TEAM })],
  ],
  ['the filter waits for another value', [A(['conversation.updated'], where('status', 'changed_to', 'open'), RESOLVE)]],
  [
    'a person must have caused the event',
    [A(['conversation.updated'], where('initiator', 'in', ['user', 'contact']), PRIORITY('high'))],
  ],
  [
    'the message must be a comment',
    [A(['message.created'], where('message.type', 'equals', 'comment'), { type: 'send_reply', body: 'x' })],
  ],
  ['the filter is about a message', [A(['conversation.updated'], where('message.body', 'contains', 'x'), TAG('x'))]],
  [
    'the custom field has the value',
    [
      A(['conversation.updated'], where('custom_fields.done', 'is_not_present'), {
        type: 'set_field',
        field: 'done',
        value: true,
      }),
    ],
  ],
  [
    'a later action of the same rule sets another value',
    [A(['conversation.updated'], where('priority', 'equals', 'low'), PRIORITY('low'), PRIORITY('high'))],
  ],
  [
    'the filters of two rules exclude each other',
    [
      A(['conversation.tagged'], where('channel', 'equals', 'email'), PRIORITY('high')),
      B(['conversation.priority_changed'], where('channel', 'equals', 'chat'), TAG('x')),
    ],
  ],
  [
    'the second rule does not match what the first one sets',
    [
      A(['conversation.tagged'], null, PRIORITY('high')),
      B(['conversation.priority_changed'], where('priority', 'in', ['low', 'normal']), TAG('x')),
    ],
  ],
  [
    'the chain does not lead back',
    [
      A(['conversation.priority_changed'], where('priority', 'equals', 'high'), TAG('x')),
      B(['conversation.tagged'], where('tags', 'contains', 'x'), PRIORITY('urgent')),
    ],
  ],
  ['a rule runs once', [{ ...A(['conversation.updated'], null, PRIORITY('high')), runPolicy: 'once' }]],
];

describe('findCycleThrough', () => {
  it.each(CYCLES)('should find a cycle when %s', (_name, rules, expected) => {
    expect(cycle(...rules)).toBe(expected);
  });

  it.each(NO_CYCLES)('should find no cycle when %s', (_name, rules) => {
    expect(cycle(...rules)).toBeNull();
  });

  it('should find the shortest cycle through other rules', () => {
    const c = rule('C', ['conversation.team_assigned', 'conversation.tagged'], null, PRIORITY('high'));
    const b = B(['conversation.tagged'], null, { type: 'assign_team', team_id: TEAM });
    expect(cycle(A(['conversation.priority_changed'], null, TAG('x')), b, c)).toBe('A C');
  });

  it('should follow a chain of three rules', () => {
    const b = B(['conversation.tagged'], where('tags', 'contains', 'x'), { type: 'assign_team', team_id: TEAM });
    const c = rule('C', ['conversation.team_assigned'], where('team_id', 'equals', TEAM), PRIORITY('high'));
    expect(cycle(A(['conversation.priority_changed'], null, TAG('x')), b, c)).toBe('A B C');
  });

  it('should give up in time when many chains lead nowhere', () => {
    const first = A(['conversation.updated'], where('priority', 'changed_to', 'urgent'), TAG('a'));
    const last = B(['conversation.updated'], where('channel', 'equals', 'none'), PRIORITY('urgent'));
    const others = Array.from({ length: 198 }, (_, index) =>
      rule(`R${index}`, ['conversation.updated'], where('channel', 'equals', `c${index % 7}`), TAG(`t${index}`)),
    );
    const chat = {
      ...first,
      root: parse(all(where('channel', 'equals', 'c0'), where('priority', 'changed_to', 'urgent'))),
    };
    expect(cycle(chat, ...others, last)).toBeNull();
  });

  it('should end in time when there are many rules', () => {
    const rules = Array.from({ length: 200 }, (_, index) =>
      rule(`R${index}`, ['conversation.updated'], where('initiator', 'equals', 'user'), TAG(`t${index}`)),
    );
    expect(cycle(...rules)).toBeNull();
  });
});

describe('buildCycleWarning', () => {
  it('should list the rules of the cycle', () => {
    const other = B(['conversation.priority_changed'], null, { type: 'set_tags', tags: ['x'] });
    const [first, second] = [A(['conversation.tagged'], null, PRIORITY('high')), other];
    expect(buildCycleWarning(first, [second], subject)).toContain('"A" → "B" → "A"');
  });

  it('should name the rule when it can trigger itself', () => {
    expect(buildCycleWarning(rule('Loop', ['note.created'], null, NOTE), [], subject)).toMatch(
      /^"Loop" can trigger itself/,
    );
  });
});

const IMPOSSIBLE: readonly (readonly [events: string[], filter: FilterNode])[] = [
  [['conversation.resolved'], where('status', 'equals', 'open')],
  [['conversation.resolved'], where('status', 'changed_to', 'closed')],
  [['conversation.reopened'], where('previous.status', 'equals', 'snoozed')],
  [['conversation.unassigned'], where('assignee_id', 'is_present')],
  [['conversation.created'], where('priority', 'changed_to', 'high')],
  [['message.created'], where('changed.status', 'equals', true)],
  [['conversation.updated'], where('contact.name', 'changed')],
  [['conversation.tagged'], where('message.body', 'contains', 'invoice')],
  [['message.created'], where('message.type', 'equals', 'note')],
  [['message.created'], all(where('priority', 'equals', 'low'), where('priority', 'equals', 'high'))],
  [['message.created'], all(where('subject', 'equals', 'A'), where('subject', 'not_contains', 'a'))],
  [['message.created'], all(where('unread_count', 'greater_than', 5), where('unread_count', 'less_than', 3))],
  [['message.created'], where('status', 'not_in', ['open', 'pending', 'snoozed', 'resolved', 'closed'])],
  [['message.created'], all(where('tags', 'contains', 'VIP'), { not: where('tags', 'contains', 'vip') })],
  [
    ['conversation.priority_changed'],
    all(where('priority', 'equals', 'low'), where('previous.priority', 'equals', 'low')),
  ],
];

const POSSIBLE: readonly (readonly [events: string[], filter: FilterNode])[] = [
  [['conversation.resolved'], where('status', 'equals', 'resolved')],
  [['conversation.resolved'], all(where('priority', 'changed_to', 'high'), where('tags', 'changed'))],
  [['conversation.updated'], where('custom_fields.plan', 'changed_to', 'gold')],
  [['conversation.created'], where('message.body', 'contains', 'invoice')],
  [['message.created'], { any: [where('priority', 'equals', 'low'), where('priority', 'equals', 'high')] }],
  [['message.created'], all(where('subject', 'not_equals', 'a'), where('subject', 'not_equals', 'b'))],
  [['message.created'], all(where('unread_count', 'greater_than', 2), where('unread_count', 'less_than', 3.5))],
  [['message.created'], all(where('tags', 'contains', 'a'), where('tags', 'contains', 'b'))],
  [['conversation.assigned'], where('previous.assignee_id', 'is_not_present')],
];

describe('buildContradictionWarning', () => {
  const warn = (events: string[], filter: FilterNode) => buildContradictionWarning(A(events, filter, NOTE), subject);

  it.each(IMPOSSIBLE)('should warn when the events are %j and the filter is %j', (events, filter) => {
    expect(warn(events, filter)).toMatch(/^The filter is never true: its conditions contradict each other/);
  });

  it.each(POSSIBLE)('should not warn when the events are %j and the filter is %j', (events, filter) => {
    expect(warn(events, filter)).toBeNull();
  });

  it('should name the events that never run the rule', () => {
    expect(warn(['conversation.resolved', 'message.created'], where('status', 'equals', 'open'))).toBe(
      'The filter is never true for these events, which do not run the rule: "conversation.resolved".',
    );
  });
});
