import { cpuTimeOf } from '../testing/index.js';
import { FILTER_LIMITS, type FilterPurpose } from './filter-types.js';
import { defineFieldCatalogue } from './field-catalogue.js';
import { ASSIGNEE, catalogue, declaration, issuesOf, validFilter } from './filter.samples.js';
import { parseFilter } from './parse-filter.js';

const OPEN = { field: 'status', operator: 'equals', value: 'open' };
const condition = (field: string, operator: string, value?: unknown) => ({
  all: [OPEN, value === undefined ? { field, operator } : { field, operator, value }],
});
const nested = (depth: number): unknown => (depth === 0 ? OPEN : { not: nested(depth - 1) });

/** Each with its only error. */
const INVALID: [what: string, input: unknown, issue: RegExp, purpose?: FilterPurpose][] = [
  ['null', null, /^filter must be an object/],
  ['a list', [OPEN], /^filter must be an object/],
  ['a string in a group', { all: ['open'] }, /^filter\.all\[0\] must be an object/],
  ['all that is not a list', { all: OPEN }, /^filter\.all must be a list/],
  ['an empty any', { not: { any: [] } }, /^filter\.not\.any must contain at least one condition/],
  ['an unknown key of a group', { all: [], name: 'x' }, /^filter\.name is not allowed here; expected "all"/],
  ['two groups in one object', { any: [OPEN], all: [] }, /^filter\.any is not allowed here/],
  ['an unknown key of a condition', { ...OPEN, 'a b': 1 }, /^filter has the key "a b", which is not allowed/],
  [
    'a missing field',
    { all: [{ operator: 'equals', value: 1 }] },
    /^filter\.all\[0\]\.field must be the name of a field/,
  ],
  [
    'a misspelt field',
    condition('statsu', 'is_present'),
    /^filter\.all\[1\]\.field is not a known field: "statsu"; did you mean "status"\?/,
  ],
  [
    'an unknown member of a family',
    condition('contact.age', 'is_present'),
    /^filter\.all\[1\]\.field is not a known field/,
  ],
  ['an unsafe custom field', condition('custom_fields.__proto__', 'is_present'), /field is not a known field/],
  [
    'a custom field with NUL',
    condition('custom_fields.a\u0000', 'is_present'),
    /field is not a known field: "custom_fields.a\\u0000"/,
  ],
  [
    'an unpaired surrogate in a custom field',
    condition('custom_fields.\ud83d', 'is_present'),
    /field is not a known field: "custom_fields.\\ud83d"/,
  ],
  ['a missing operator', { field: 'status' }, /^filter\.operator must be the name of an operator/],
  [
    'a misspelt operator',
    condition('status', 'equal', 'open'),
    /^filter\.all\[1\]\.operator is not a known operator: "equal"; did you mean "equals"\?/,
  ],
  [
    'an operator named like a property of Object',
    condition('status', 'constructor', 'open'),
    /operator is not a known operator/,
  ],
  [
    'an operator of another type',
    condition('status', 'contains', 'op'),
    /^filter\.all\[1\]\.operator contains cannot be used with a field of type enum; use one of: equals/,
  ],
  ['a missing value', condition('status', 'equals'), /^filter\.all\[1\]\.value is required for operator equals/],
  [
    'a superfluous value',
    condition('status', 'is_present', true),
    /^filter\.all\[1\]\.value must be omitted: operator is_present takes no value/,
  ],
  ['null', condition('subject', 'equals', null), /^filter\.all\[1\]\.value must not be null; use is_present/],
  [
    'a number for a text',
    condition('subject', 'contains', 5),
    /^filter\.all\[1\]\.value must be a string, not a number/,
  ],
  ['an empty text for contains', condition('subject', 'contains', ''), /^filter\.all\[1\]\.value must not be empty/],
  ['NUL in a text', condition('subject', 'equals', 'a\u0000b'), /^filter\.all\[1\]\.value must not contain NUL/],
  [
    'an unpaired surrogate',
    condition('subject', 'starts_with', 'a\ud83d'),
    /^filter\.all\[1\]\.value must not contain NUL characters or unpaired surrogates/,
  ],
  [
    'an unpaired surrogate in a list',
    condition('tags', 'in', ['a', '\udc00']),
    /^filter\.all\[1\]\.value\[1\] must not contain NUL/,
  ],
  ['NUL in a pattern', condition('subject', 'matches', 'a\u0000'), /^filter\.all\[1\]\.value must not contain NUL/],
  [
    'a text for a number',
    condition('reopen_count', 'equals', '5'),
    /^filter\.all\[1\]\.value must be a number, not a string/,
  ],
  ['NaN', condition('reopen_count', 'equals', NaN), /^filter\.all\[1\]\.value must be a number, not NaN/],
  ['infinity', condition('reopen_count', 'less_than', Infinity), /^filter\.all\[1\]\.value must be a number/],
  [
    'a text for a boolean',
    condition('muted', 'equals', 'true'),
    /^filter\.all\[1\]\.value must be true or false, not a string/,
  ],
  [
    'an invalid date',
    condition('created_at', 'before', '2026-02-30'),
    /^filter\.all\[1\]\.value must be an RFC 3339 date/,
  ],
  [
    'a time without zone',
    condition('created_at', 'after', '2026-02-03T10:00:00'),
    /^filter\.all\[1\]\.value must be an RFC 3339 date and time with a time zone/,
  ],
  ['a malformed ID', condition('assignee', 'equals', 'me'), /^filter\.all\[1\]\.value must be a UUID/],
  [
    'a malformed ID in a list',
    condition('assignee', 'in', [ASSIGNEE, `${ASSIGNEE}0`]),
    /^filter\.all\[1\]\.value\[1\] must be a UUID/,
  ],
  [
    'an unknown enum value',
    condition('status', 'equals', 'opn'),
    /^filter\.all\[1\]\.value must be one of open, pending, closed; did you mean "open"\?/,
  ],
  [
    'a single value instead of a list',
    condition('status', 'in', 'open'),
    /^filter\.all\[1\]\.value must be a list, not a string/,
  ],
  ['an empty list', condition('status', 'in', []), /^filter\.all\[1\]\.value must contain at least one value/],
  [
    'a missing bound',
    condition('reopen_count', 'between', [1]),
    /^filter\.all\[1\]\.value must be a list of two values/,
  ],
  [
    'reversed bounds',
    condition('reopen_count', 'between', [2, 1]),
    /^filter\.all\[1\]\.value must have the lower bound first/,
  ],
  [
    'a bound of another type',
    condition('reopen_count', 'between', [1, 'x']),
    /^filter\.all\[1\]\.value\[1\] must be a number/,
  ],
  [
    'a fraction of a second',
    condition('created_at', 'within_last', 1.5),
    /^filter\.all\[1\]\.value must be a whole number of seconds/,
  ],
  [
    'an object for a custom field',
    condition('custom_fields.a', 'equals', {}),
    /^filter\.all\[1\]\.value must be a string, a number or a boolean, not an object/,
  ],
  ['an invalid pattern', condition('subject', 'matches', '(a'), /^filter\.all\[1\]\.value is not a valid RE2 pattern/],
  ['a look-ahead', condition('subject', 'matches', 'a(?=b)'), /^filter\.all\[1\]\.value is not a valid RE2 pattern/],
  [
    'a back-reference',
    condition('subject', 'matches', '(a)\\1'),
    /^filter\.all\[1\]\.value is not a valid RE2 pattern/,
  ],
  [
    'a field without SQL',
    condition('message.body', 'is_present'),
    /^filter\.all\[1\]\.field "message\.body" cannot be used in lists and searches/,
    'sql',
  ],
  [
    'a previous value in a list',
    condition('previous.status', 'is_present'),
    /^filter\.all\[1\]\.field "previous\.status" cannot be used in lists and searches/,
    'sql',
  ],
  [
    'a change in a list',
    condition('status', 'changed'),
    /^filter\.all\[1\]\.operator changed requires an event and cannot be used in lists/,
    'sql',
  ],
  [
    'a change of a previous value',
    condition('previous.status', 'changed'),
    /^filter\.all\[1\]\.operator changed must be used with the field itself/,
  ],
  [
    'a pattern that Postgres interprets differently',
    condition('subject', 'matches', '\\pL'),
    /^filter\.all\[1\]\.value uses the escape "\\p", which is not supported in patterns of lists/,
    'sql',
  ],
  [
    'too deeply nested groups',
    nested(FILTER_LIMITS.depth + 1),
    /^filter(\.not){5} is nested too deeply: groups can be nested at most 5 levels deep/,
  ],
  [
    'too many conditions',
    { all: Array.from({ length: 101 }, () => OPEN) },
    /^filter\.all\[100\] exceeds the limit of 100 conditions per filter/,
  ],
  [
    'too many entries in a group',
    { all: Array.from({ length: 301 }, () => OPEN) },
    /^filter\.all has too many entries/,
  ],
  [
    'too long a text',
    condition('subject', 'equals', 'x'.repeat(1001)),
    /^filter\.all\[1\]\.value must be at most 1000 characters long/,
  ],
  [
    'too long a list',
    condition(
      'reopen_count',
      'in',
      Array.from({ length: 501 }, (_, n) => n),
    ),
    /^filter\.all\[1\]\.value must contain at most 500 values/,
  ],
  [
    'too long a pattern',
    condition('subject', 'matches', 'x'.repeat(501)),
    /^filter\.all\[1\]\.value must be at most 500 characters long/,
  ],
  [
    'too long a duration',
    condition('created_at', 'within_last', 3_155_760_001),
    /^filter\.all\[1\]\.value must be a whole number of seconds from 1 to 3155760000/,
  ],
];

describe('parseFilter', () => {
  it.each(INVALID.map(([what, ...rest]) => ({ what, rest })))(
    'should report the path of $what',
    ({ rest: [input, issue, purpose] }) => {
      expect(issuesOf(input, purpose)).toEqual([expect.stringMatching(issue)]);
    },
  );

  it('should report all errors at once, up to fifty', () => {
    expect(
      issuesOf({
        all: [{ field: 'status', operator: 'is' }, { any: [{ field: 'sattus', operator: 'equals', value: 1 }] }],
      }),
    ).toEqual([
      expect.stringMatching(/^filter\.all\[0\]\.operator/),
      expect.stringMatching(/^filter\.all\[1\]\.any\[0\]\.field/),
    ]);
    expect(issuesOf({ all: Array.from({ length: 90 }, () => ({ field: 'x', operator: 'y', z: 1 })) })).toHaveLength(
      FILTER_LIMITS.issues,
    );
  });

  it('should start paths with the name of the field that holds the filter', () => {
    const parsed = parseFilter({ all: [1] }, catalogue, { purpose: 'sql', root: 'conditions' });
    expect(parsed).toMatchObject({ ok: false, issues: [{ path: 'conditions.all[0]' }] });
  });

  it('should accept filters at the limits', () => {
    const maximal = [
      nested(FILTER_LIMITS.depth),
      { any: Array.from({ length: FILTER_LIMITS.conditions }, () => OPEN) },
      { all: Array.from({ length: FILTER_LIMITS.nodes - 1 }, () => ({ all: [] })) },
      condition('subject', 'matches', 'x'.repeat(FILTER_LIMITS.patternLength)),
      condition(
        'subject',
        'in',
        Array.from({ length: FILTER_LIMITS.listValues }, (_, n) => `${n}`.padEnd(FILTER_LIMITS.textLength, 'é')),
      ),
      condition('created_at', 'within_last', FILTER_LIMITS.withinLastSeconds),
    ];
    for (const input of maximal) expect(issuesOf(input)).toEqual([]);
    expect(issuesOf({ all: Array.from({ length: FILTER_LIMITS.nodes }, () => ({ all: [] })) })).toEqual([
      expect.stringMatching(/the limit of 300 groups and conditions/),
    ]);
  });

  it('should reject extremely deep or wide input quickly', () => {
    let deep: unknown = OPEN;
    for (let depth = 0; depth < 100_000; depth += 1) deep = { all: [deep] };
    const wide = { all: Array.from({ length: 299 }, () => ({ all: Array.from({ length: 299 }, () => OPEN) })) };
    const cpuTime = cpuTimeOf(() => {
      expect(issuesOf(deep)).toHaveLength(1);
      expect(issuesOf(wide).length).toBeLessThanOrEqual(FILTER_LIMITS.issues);
    });
    expect(cpuTime).toBeLessThan(3_000);
  });

  it('should normalise the stored filter: IDs in lower case, times in UTC, no duplicates', () => {
    const { source } = validFilter({
      all: [
        { field: 'assignee', operator: 'in', value: [ASSIGNEE.toUpperCase(), ASSIGNEE] },
        { field: 'created_at', operator: 'after', value: '2026-01-15T11:30:00+01:00' },
        { field: 'subject', operator: 'is_present', value: null },
        { field: 'reopen_count', operator: 'equals', value: -0 },
      ],
    });
    expect(source).toEqual({
      all: [
        { field: 'assignee', operator: 'in', value: [ASSIGNEE] },
        { field: 'created_at', operator: 'after', value: '2026-01-15T10:30:00.000Z' },
        { field: 'subject', operator: 'is_present' },
        { field: 'reopen_count', operator: 'equals', value: 0 },
      ],
    });
    expect(validFilter(source).source).toEqual(source);
  });

  it('should reject event operators and fields when the catalogue has no events', () => {
    const still = defineFieldCatalogue({ ...declaration, events: false });
    const parsed = parseFilter(
      {
        all: [
          { field: 'status', operator: 'changed' },
          { field: 'previous.status', operator: 'is_present' },
        ],
      },
      still,
      { purpose: 'memory' },
    );
    expect(parsed).toMatchObject({ issues: [{ path: 'filter.all[0].operator' }, { path: 'filter.all[1].field' }] });
  });

  it.each([
    ['a field twice', { fields: [declaration.fields[0]!, declaration.fields[0]!] }, /declared twice/],
    [
      'an enum without values',
      { fields: [{ name: 'a', type: 'enum' as const, nullable: true, description: '' }] },
      /"values" is required for type enum/,
    ],
    [
      'an empty expression',
      { fields: [{ name: 'a', type: 'text' as const, nullable: true, sql: ' ', description: '' }] },
      /empty SQL/,
    ],
    ['a family without dot', { fields: [], families: [{ prefix: 'a', description: '' }] }, /must end with a dot/],
  ])('should throw when a catalogue declares %s', (_what, invalid, message) => {
    expect(() => defineFieldCatalogue(invalid)).toThrow(message);
  });
});
