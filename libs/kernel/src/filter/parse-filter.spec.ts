import { FILTER_LIMITS, type FilterPurpose } from './filter-types.js';
import { defineFieldCatalogue } from './field-catalogue.js';
import { ASSIGNEE, catalogue, declaration, issuesOf, validFilter } from './filter.samples.js';
import { parseFilter } from './parse-filter.js';

const OPEN = { field: 'status', operator: 'equals', value: 'open' };
const condition = (field: string, operator: string, value?: unknown) => ({
  all: [OPEN, value === undefined ? { field, operator } : { field, operator, value }],
});
const nested = (depth: number): unknown => (depth === 0 ? OPEN : { not: nested(depth - 1) });

/** Each with the one fault it holds. */
const INVALID: [what: string, input: unknown, fault: RegExp, purpose?: FilterPurpose][] = [
  ['null', null, /^filter must be an object/],
  ['a list', [OPEN], /^filter must be an object/],
  ['a text inside', { all: ['open'] }, /^filter\.all\[0\] must be an object/],
  ['all that is no list', { all: OPEN }, /^filter\.all must be a list/],
  ['an empty any', { not: { any: [] } }, /^filter\.not\.any must hold at least one condition/],
  ['a stray key of a group', { all: [], name: 'x' }, /^filter\.name is not allowed here; expected "all"/],
  ['two groups in one', { any: [OPEN], all: [] }, /^filter\.any is not allowed here/],
  ['a stray key of a condition', { ...OPEN, 'a b': 1 }, /^filter holds the key "a b", which is not allowed/],
  ['no field', { all: [{ operator: 'equals', value: 1 }] }, /^filter\.all\[0\]\.field must be the name of a field/],
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
    'half a character in a custom field',
    condition('custom_fields.\ud83d', 'is_present'),
    /field is not a known field: "custom_fields.\\ud83d"/,
  ],
  ['no operator', { field: 'status' }, /^filter\.operator must be the name of an operator/],
  [
    'a misspelt operator',
    condition('status', 'equal', 'open'),
    /^filter\.all\[1\]\.operator is not a known operator: "equal"; did you mean "equals"\?/,
  ],
  ['an operator of Object', condition('status', 'constructor', 'open'), /operator is not a known operator/],
  [
    'an operator of another type',
    condition('status', 'contains', 'op'),
    /^filter\.all\[1\]\.operator contains does not go with a field of type enum, which takes equals/,
  ],
  ['a missing value', condition('status', 'equals'), /^filter\.all\[1\]\.value is required by equals/],
  [
    'a value too many',
    condition('status', 'is_present', true),
    /^filter\.all\[1\]\.value must be left out: is_present takes no value/,
  ],
  ['null', condition('subject', 'equals', null), /^filter\.all\[1\]\.value must not be null; use is_present/],
  ['a number for a text', condition('subject', 'contains', 5), /^filter\.all\[1\]\.value must be a text, not a number/],
  ['an empty text to contain', condition('subject', 'contains', ''), /^filter\.all\[1\]\.value must not be empty/],
  ['NUL in a text', condition('subject', 'equals', 'a\u0000b'), /^filter\.all\[1\]\.value must not hold NUL/],
  [
    'half a character',
    condition('subject', 'starts_with', 'a\ud83d'),
    /^filter\.all\[1\]\.value must not hold NUL characters or unpaired surrogates/,
  ],
  [
    'half a character in a list',
    condition('tags', 'in', ['a', '\udc00']),
    /^filter\.all\[1\]\.value\[1\] must not hold NUL/,
  ],
  ['NUL in a pattern', condition('subject', 'matches', 'a\u0000'), /^filter\.all\[1\]\.value must not hold NUL/],
  [
    'a text for a number',
    condition('reopen_count', 'equals', '5'),
    /^filter\.all\[1\]\.value must be a number, not a string/,
  ],
  [
    'a number that is none',
    condition('reopen_count', 'equals', NaN),
    /^filter\.all\[1\]\.value must be a number, not NaN/,
  ],
  ['infinity', condition('reopen_count', 'less_than', Infinity), /^filter\.all\[1\]\.value must be a number/],
  [
    'a text for a boolean',
    condition('muted', 'equals', 'true'),
    /^filter\.all\[1\]\.value must be true or false, not a string/,
  ],
  [
    'a day that is none',
    condition('created_at', 'before', '2026-02-30'),
    /^filter\.all\[1\]\.value must be a date or time in ISO 8601/,
  ],
  [
    'a time without zone',
    condition('created_at', 'after', '2026-02-03T10:00:00'),
    /^filter\.all\[1\]\.value must be a date or time/,
  ],
  ['a malformed id', condition('assignee', 'equals', 'me'), /^filter\.all\[1\]\.value must be a UUID/],
  [
    'a malformed id in a list',
    condition('assignee', 'in', [ASSIGNEE, `${ASSIGNEE}0`]),
    /^filter\.all\[1\]\.value\[1\] must be a UUID/,
  ],
  [
    'another value of an enum',
    condition('status', 'equals', 'opn'),
    /^filter\.all\[1\]\.value must be one of open, pending, closed; did you mean "open"\?/,
  ],
  ['one value for a list', condition('status', 'in', 'open'), /^filter\.all\[1\]\.value must be a list, not a string/],
  ['an empty list', condition('status', 'in', []), /^filter\.all\[1\]\.value must hold at least one value/],
  ['one bound', condition('reopen_count', 'between', [1]), /^filter\.all\[1\]\.value must be a list of two values/],
  [
    'bounds the wrong way round',
    condition('reopen_count', 'between', [2, 1]),
    /^filter\.all\[1\]\.value must have its lower bound first/,
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
    /^filter\.all\[1\]\.value must be a text, a number or a boolean, not an object/,
  ],
  [
    'a pattern that is none',
    condition('subject', 'matches', '(a'),
    /^filter\.all\[1\]\.value is not a valid RE2 pattern/,
  ],
  ['a look-ahead', condition('subject', 'matches', 'a(?=b)'), /^filter\.all\[1\]\.value is not a valid RE2 pattern/],
  [
    'a back-reference',
    condition('subject', 'matches', '(a)\\1'),
    /^filter\.all\[1\]\.value is not a valid RE2 pattern/,
  ],
  [
    'a field without SQL',
    condition('message.body', 'is_present'),
    /^filter\.all\[1\]\.field "message\.body" can only be used where a single subject/,
    'sql',
  ],
  [
    'the past in a list',
    condition('previous.status', 'is_present'),
    /^filter\.all\[1\]\.field "previous\.status" can only be used/,
    'sql',
  ],
  [
    'a change in a list',
    condition('status', 'changed'),
    /^filter\.all\[1\]\.operator changed needs an event, so it cannot be used in lists/,
    'sql',
  ],
  [
    'a change of the past',
    condition('previous.status', 'changed'),
    /^filter\.all\[1\]\.operator changed takes the field itself/,
  ],
  [
    'a pattern that Postgres reads otherwise',
    condition('subject', 'matches', '\\pL'),
    /^filter\.all\[1\]\.value uses the escape "\\p", which patterns in lists/,
    'sql',
  ],
  [
    'groups too deep',
    nested(FILTER_LIMITS.depth + 1),
    /^filter(\.not){5} is nested too deep: groups go at most 5 deep/,
  ],
  [
    'too many conditions',
    { all: Array.from({ length: 101 }, () => OPEN) },
    /^filter\.all\[100\] is one condition too many: a filter has at most 100/,
  ],
  ['too many entries', { all: Array.from({ length: 301 }, () => OPEN) }, /^filter\.all holds too many entries/],
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
    /^filter\.all\[1\]\.value must hold at most 500 values/,
  ],
  [
    'too long a pattern',
    condition('subject', 'matches', 'x'.repeat(501)),
    /^filter\.all\[1\]\.value must be at most 500 characters long/,
  ],
  [
    'too long a time',
    condition('created_at', 'within_last', 3_155_760_001),
    /^filter\.all\[1\]\.value must be a whole number of seconds from 1 to 3155760000/,
  ],
];

describe('parseFilter', () => {
  it.each(INVALID.map(([what, ...rest]) => ({ what, rest })))(
    'should point at $what',
    ({ rest: [input, issue, purpose] }) => {
      expect(issuesOf(input, purpose)).toEqual([expect.stringMatching(issue)]);
    },
  );

  it('should find every fault at once, fifty at most', () => {
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

  it('should begin paths with the name of the field that holds the filter', () => {
    const parsed = parseFilter({ all: [1] }, catalogue, { purpose: 'sql', root: 'conditions' });
    expect(parsed).toMatchObject({ ok: false, issues: [{ path: 'conditions.all[0]' }] });
  });

  it('should take what stands just at the limits', () => {
    const largest = [
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
    for (const input of largest) expect(issuesOf(input)).toEqual([]);
    expect(issuesOf({ all: Array.from({ length: FILTER_LIMITS.nodes }, () => ({ all: [] })) })).toEqual([
      expect.stringMatching(/300 nodes/),
    ]);
  });

  it('should refuse a monstrous input at once', () => {
    let deep: unknown = OPEN;
    for (let depth = 0; depth < 100_000; depth += 1) deep = { all: [deep] };
    const wide = { all: Array.from({ length: 299 }, () => ({ all: Array.from({ length: 299 }, () => OPEN) })) };
    const startedAt = performance.now();
    expect(issuesOf(deep)).toHaveLength(1);
    expect(issuesOf(wide).length).toBeLessThanOrEqual(FILTER_LIMITS.issues);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });

  it('should keep the filter in the form that is stored: ids in lower case, instants in UTC, no repeats', () => {
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

  it('should refuse event operators and fields where filters look at no event', () => {
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
      /"values" goes with type enum/,
    ],
    [
      'an empty expression',
      { fields: [{ name: 'a', type: 'text' as const, nullable: true, sql: ' ', description: '' }] },
      /empty SQL/,
    ],
    ['a family without dot', { fields: [], families: [{ prefix: 'a', description: '' }] }, /must end with a dot/],
  ])('should not take a catalogue that declares %s', (_what, invalid, message) => {
    expect(() => defineFieldCatalogue(invalid)).toThrow(message);
  });
});
