import { compileFilter } from './compile-filter.js';
import { evaluateFilter } from './evaluate-filter.js';
import { ASSIGNEE, NOW, catalogue, subjectOf, validFilter } from './filter.samples.js';
import { OPERATORS_BY_TYPE, requiresEvent } from './filter-operators.js';
import type { FieldType, FilterOperator } from './filter-types.js';

const FIELD_OF: Record<FieldType, string> = {
  text: 'subject',
  number: 'reopen_count',
  boolean: 'muted',
  date: 'created_at',
  id: 'assignee',
  enum: 'status',
  text_list: 'tags',
};
const OTHER_ID = ASSIGNEE.replace(/a$/, 'b');
const EMPTY = undefined;

/** Value of the condition, field values that match, field values that do not. */
type Line = [value: unknown, holds: unknown[], fails: unknown[]];

const TABLE: { [Type in FieldType]: Partial<Record<FilterOperator, Line>> } = {
  text: {
    equals: ['Invoice', ['Invoice', 'iNVOICE'], ['Invoices', '', null, EMPTY, 5, ['Invoice']]],
    not_equals: ['Invoice', ['Invoices', '', null, EMPTY, 5], ['invoice']],
    in: [
      ['ÉTÉ', 'b'],
      ['été', 'B'],
      ['e', null],
    ],
    not_in: [['a', 'b'], ['c', null], ['A']],
    contains: ['%_\\', ['x%_\\Y'], ['xy', '%', null]],
    not_contains: ['refund', ['', null, 'refun'], ['a REFUND b']],
    contains_word: ['Œuvre', ['une œuvre.', 'ŒUVRE'], ['désœuvre', 'œuvres', 'œuvre_2', '', null, EMPTY, 5]],
    starts_with: ['re:', ['Re: hello'], ['hello re:', null]],
    ends_with: ['STRASSE', ['Hauptstrasse', 'Hauptstraße', 'HAUPTＳＴＲＡＳＳＥ'], ['Strasse 1', null]],
    matches: ['^a+$', ['aaa'], ['AAA', 'aab', '', null, ['aaa']]],
    is_present: [EMPTY, ['a', ' '], ['', null, EMPTY]],
    is_not_present: [EMPTY, ['', null, EMPTY], ['a']],
  },
  number: {
    equals: [5, [5, 5n], [5.1, '5', null]],
    not_equals: [5, [5.1, '5', null], [5]],
    in: [[1, 2], [2], [3, null]],
    not_in: [[1, 2], [3, null], [2]],
    greater_than: [5, [5.1], [5, 4, '9', null]],
    less_than: [5, [-1], [5, 6, null]],
    between: [
      [1, 3],
      [1, 2, 3],
      [0.9, 3.1, null],
    ],
    is_present: [EMPTY, [0, -1], [null, EMPTY]],
    is_not_present: [EMPTY, [null], [0]],
  },
  boolean: {
    equals: [false, [false], [true, null, 0]],
    not_equals: [false, [true, null], [false]],
    is_present: [EMPTY, [false], [null]],
    is_not_present: [EMPTY, [null], [false]],
  },
  date: {
    equals: [
      '2026-01-15T11:30:00+01:00',
      ['2026-01-15T10:30:00Z', new Date('2026-01-15T10:30:00Z')],
      ['2026-01-15T10:30:00.001Z', 'x', null],
    ],
    not_equals: ['2026-01-15', ['2026-01-16', null], ['2026-01-15']],
    before: ['2026-01-15', ['2026-01-14T23:59:59.999Z'], ['2026-01-15', 'yesterday', null]],
    after: ['2026-01-15', ['2026-01-15T00:00:00.001Z'], ['2026-01-15T00:00:00.0009Z', null]],
    between: [
      ['2026-01-15', '2026-01-16'],
      ['2026-01-15', '2026-01-16'],
      ['2026-01-16T00:00:00.001Z', null],
    ],
    within_last: [
      60,
      ['2026-01-15T11:59:00.000Z', NOW],
      ['2026-01-15T11:58:59.999Z', '2026-01-15T12:00:00.001Z', null],
    ],
    is_present: [EMPTY, ['2026-01-15'], [null]],
    is_not_present: [EMPTY, [null], [NOW]],
  },
  id: {
    equals: [ASSIGNEE.toUpperCase(), [ASSIGNEE, ASSIGNEE.toUpperCase()], [OTHER_ID, null]],
    not_equals: [ASSIGNEE, [OTHER_ID, null], [ASSIGNEE]],
    in: [[OTHER_ID, ASSIGNEE], [ASSIGNEE], [null]],
    not_in: [[OTHER_ID], [ASSIGNEE, null], [OTHER_ID]],
    is_present: [EMPTY, [ASSIGNEE], [null]],
    is_not_present: [EMPTY, [null], [ASSIGNEE]],
  },
  enum: {
    equals: ['open', ['open'], ['OPEN', 'closed', null]],
    not_equals: ['open', ['closed', null], ['open']],
    in: [['open', 'closed'], ['closed'], ['pending', null]],
    not_in: [['open', 'closed'], ['pending', null], ['open']],
    is_present: [EMPTY, ['open'], [null]],
    is_not_present: [EMPTY, [null], ['open']],
  },
  text_list: {
    contains: ['vip', [['a', 'vip']], [['VIP'], [], 'vip', null]],
    not_contains: ['vip', [['VIP'], [], null], [['vip']]],
    in: [['a', 'b'], [['b', 'c']], [['c'], [], null]],
    not_in: [['a', 'b'], [['c'], null], [['a']]],
    is_present: [EMPTY, [['a']], [[], null]],
    is_not_present: [EMPTY, [[], null], [['a']]],
  },
};

const lines = Object.entries(TABLE).flatMap(([type, operators]) =>
  Object.entries(operators).map(([operator, [value, matches, fails]]) => ({
    type: type as FieldType,
    operator,
    value,
    holds: matches,
    fails,
  })),
);

describe('filter language', () => {
  it.each(lines)('should evaluate $operator on $type', ({ type, operator, value, holds: matches, fails }) => {
    const field = FIELD_OF[type];
    const filter = validFilter({ field, operator, value });
    const decide = (actual: unknown): boolean => evaluateFilter(filter, subjectOf({ [field]: actual }));
    expect(matches.filter((actual) => !decide(actual))).toEqual([]);
    expect(fails.filter((actual) => decide(actual))).toEqual([]);
  });

  it('should be tested above for every operator of every type', () => {
    for (const [type, operators] of Object.entries(OPERATORS_BY_TYPE)) {
      const decided = Object.keys(TABLE[type as FieldType]);
      expect([type, ...decided.sort()]).toEqual([
        type,
        ...operators.filter((operator) => !requiresEvent(operator)).sort(),
      ]);
    }
  });

  it('should infer the type of a custom field from the operator and the value', () => {
    const matches = (operator: string, value: unknown, actual: unknown): boolean =>
      evaluateFilter(
        validFilter({ field: 'custom_fields.x', operator, value }),
        subjectOf({ 'custom_fields.x': actual }),
      );
    expect(matches('equals', 'Gold', 'gold')).toBe(true);
    expect(matches('equals', 5, '5')).toBe(false);
    expect(matches('equals', true, true)).toBe(true);
    expect(matches('contains', 'vip', ['vip'])).toBe(true);
    expect(matches('contains', 'vip', 'A VIP customer')).toBe(true);
    expect(matches('in', [1, 2], 2)).toBe(true);
    expect(matches('between', ['2026-01-01', '2026-02-01'], '2026-01-15')).toBe(true);
    expect(matches('greater_than', 3, 'four')).toBe(false);
  });

  it('should combine conditions with all, any and not', () => {
    const [yes, no] = [
      { field: 'reopen_count', operator: 'equals', value: 1 },
      { field: 'reopen_count', operator: 'equals', value: 2 },
    ];
    const matches = (input: unknown): boolean => evaluateFilter(validFilter(input), subjectOf({ reopen_count: 1 }));
    expect(matches({ all: [yes, { not: no }] })).toBe(true);
    expect(matches({ all: [yes, no] })).toBe(false);
    expect(matches({ any: [no, yes] })).toBe(true);
    expect(matches({ any: [no, { all: [no] }] })).toBe(false);
    expect(matches({ all: [] })).toBe(true);
    expect(matches({ not: { any: [yes] } })).toBe(false);
  });

  it('should evaluate the changes of an event', () => {
    const subject = subjectOf(
      { status: 'closed', tags: ['vip', 'new'], assignee: null, subject: 'Hi' },
      {
        status: ['open', 'closed'],
        tags: [
          ['vip', 'old'],
          ['vip', 'new'],
        ],
        assignee: [ASSIGNEE, null],
      },
    );
    const matches = (field: string, operator: string, value?: unknown): boolean =>
      evaluateFilter(validFilter({ field, operator, value }), subject);
    expect(matches('status', 'changed')).toBe(true);
    expect(matches('subject', 'changed')).toBe(false);
    expect(matches('status', 'changed_from', 'open')).toBe(true);
    expect(matches('status', 'changed_to', 'open')).toBe(false);
    expect(matches('assignee', 'changed_to', null)).toBe(true);
    expect(matches('assignee', 'changed_from', null)).toBe(false);
    expect(matches('tags', 'changed_to', 'new')).toBe(true);
    expect(matches('tags', 'changed_to', 'vip')).toBe(false);
    expect(matches('tags', 'changed_from', 'old')).toBe(true);
    expect(matches('previous.status', 'equals', 'open')).toBe(true);
    expect(matches('previous.subject', 'equals', 'hi')).toBe(true);
    expect(matches('changed.status', 'equals', true)).toBe(true);
    expect(matches('changed.subject', 'equals', true)).toBe(false);
    expect(evaluateFilter(validFilter({ field: 'status', operator: 'changed' }), subjectOf({ status: 'open' }))).toBe(
      false,
    );
  });

  it('should bind every value instead of writing it into the SQL', () => {
    const filter = validFilter(
      {
        all: [
          { field: 'subject', operator: 'equals', value: "'; drop" },
          { field: 'custom_fields.sly\'"', operator: 'is_present' },
        ],
      },
      'sql',
    );
    const params: unknown[] = ['kept'];
    const sql = compileFilter(filter, catalogue, params, { now: NOW });
    expect(sql).not.toMatch(/drop|sly/);
    expect(sql).toContain('$2');
    expect(params).toEqual(['kept', "'; drop", 'sly\'"']);
  });

  it('should not compile a filter that was parsed for memory', () => {
    expect(() => compileFilter(validFilter({ all: [] }), catalogue, [], { now: NOW })).toThrow(/purpose "sql"/);
  });
});
