import * as fc from 'fast-check';

import { defineFieldCatalogue } from './field-catalogue.js';
import type { FilterNode } from './filter-types.js';

/** A row of the table that the equivalence test selects from, as JSON; `instant` is in microseconds. */
export interface Row {
  whole: number | null;
  large: number | null;
  exact: number | null;
  float: number | null;
  words: string | null;
  title: string;
  flag: boolean | null;
  happened_at: { milliseconds: number; microseconds: number } | null;
  owner_id: string | null;
  status: string | null;
  tags: string[] | null;
  custom_fields: Record<string, unknown> | null;
}

const STATUSES = ['open', 'pending', 'closed'];
const LOCATIONS = ['home', 'work'];
const IDS = [
  '0190b6a1-7c00-7000-8000-00000000000a',
  '0190b6a1-7c00-7000-8000-00000000000b',
  '0190b6a1-7c00-7000-8000-00000000000c',
];
const INSTANT = Date.parse('2026-01-15T10:30:00.000Z');

/**
 * Letters with difficult cases, characters with a meaning in LIKE, regular expressions, arrays or JSON, line ends, and
 * characters outside the Basic Multilingual Plane.
 */
const CHARACTERS = [
  ...'aAbBkKsSiIzZ09 %_\\.*+?[](){}|^$-"\',:/#&@~<>',
  '\u212a',
  'ſ',
  'İ',
  'ı',
  'é',
  'É',
  'e\u0301',
  'ß',
  'ẞ',
  'σ',
  'ς',
  'Σ',
  'ǆ',
  'ǅ',
  'Ǆ',
  'å',
  'Å',
  '\u212b',
  'ÿ',
  'Ÿ',
  'µ',
  'μ',
  'Μ',
  'д',
  'Д',
  'ა',
  'Ა',
  'ᏸ',
  'Ᏸ',
  'ꭰ',
  'Ꭰ',
  'ⓐ',
  'Ⓐ',
  'ａ',
  'Ａ',
  '𐐨',
  '𐐀',
  '😀',
  '漢',
  'ـ',
  '\n',
  '\r',
  '\t',
  '\u0001',
  '\u0085',
  '\u00a0',
  '\u2028',
  '\ufeff',
];

/** Small alphabets of similar characters. Two short texts over the same alphabet are often equal. */
const CONFUSED = [
  ['a', 'A', '%', '_', '\\'],
  ['k', 'K', '\u212a'],
  ['s', 'S', 'ſ', 'ß'],
  ['i', 'I', 'İ', 'ı'],
  ['é', 'É', 'e'],
  ['σ', 'ς', 'Σ'],
  ['𐐨', '𐐀', '\n'],
  ['5', ' ', '-'],
];
const FREQUENT = CONFUSED.flat();

const character = fc
  .oneof(
    { weight: 20, arbitrary: fc.constantFrom(...FREQUENT) },
    { weight: 4, arbitrary: fc.constantFrom(...CHARACTERS) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
  )
  .filter((unit) => !unit.includes('\u0000'));
const shortText = fc.string({ unit: character, maxLength: 3 });
const wordText = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      'Straße',
      'STRASSE',
      'ΟΔΟΣ',
      'οδος',
      '100%',
      'a_b',
      'aIb',
      'C:\\temp',
      'null',
      '{}',
      '2026-01-15',
      'true',
      '5',
      'vip',
      'VIP',
      'a\nb',
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...CONFUSED)
      .chain((units) => fc.string({ unit: fc.constantFrom(...units), maxLength: 2 })),
  },
  { weight: 1, arbitrary: shortText },
  { weight: 1, arbitrary: fc.string({ unit: character, maxLength: 8 }) },
);
const number = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    1,
    5,
    5,
    -1,
    5,
    0.1,
    1.5,
    1e21,
    2 ** 53,
    2 ** 53 - 1,
    -(2 ** 31),
    2 ** 31 - 1,
    9e18,
    1e-7,
    0.30000000000000004,
    5e-324,
  ),
  fc.integer({ min: -3, max: 6 }),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e30, max: 1e30 }),
);
const moment = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: INSTANT - 4, max: INSTANT + 4 }) },
  { weight: 1, arbitrary: fc.integer({ min: -2e12, max: 4e12 }) },
);
const iso = moment.map((milliseconds) => new Date(milliseconds).toISOString());
const FRACTIONS = [
  '2026-01-15T10:30:00.1Z',
  '2026-01-15T10:30:00.12Z',
  '2026-01-15T10:30:00.100Z',
  '2026-01-15T10:30:00.1009Z',
  '2026-01-15T10:30:00Z',
  '2026-01-15',
];
const writtenDate = fc.oneof(
  iso,
  iso,
  fc.constantFrom(...FRACTIONS),
  fc.constantFrom(
    '2026-01-15T11:30:00+01:00',
    '2026-01-15T10:30:00.0019Z',
    '0001-01-01',
    '9999-12-31T23:59:59.999Z',
    '1969-12-31T23:59:59.999Z',
  ),
);
const storedDate = fc.oneof(
  iso,
  fc.constantFrom(...FRACTIONS),
  fc.constantFrom(
    '2026-01-15T10:30:00.001999Z',
    '2026-01-15T11:30:00+01:00',
    '2026-02-30',
    '9999-12-31T23:59:59.999999Z',
    '2026-01-15T10:30:00.000Z\n',
    ' 2026-01-15',
    '٢٠٢٦-01-15',
    'infinity',
    'now',
  ),
);
const tagList = fc.array(fc.oneof(fc.constantFrom('vip', 'VIP', '', 'a,b', '"', '{}', 'null'), wordText), {
  maxLength: 3,
});
const customValue = fc.oneof(
  wordText,
  wordText,
  number,
  fc.boolean(),
  fc.constantFrom(null, '', 'vip', 5),
  storedDate,
  tagList,
  fc.constantFrom(...LOCATIONS, ...IDS, IDS[0]!.toUpperCase(), {}, { a: 1 }, [1, 'vip', null], [['vip']], [5], [true]),
);
const CUSTOM_KEYS = [
  'free',
  'other key',
  'a.b',
  'é"\\',
  'text',
  'count',
  'agreed',
  'since',
  'reference',
  'place',
  'labels',
];

const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 4 });

/**
 * A random row. Custom fields have values of any type under any key, independent of the type of the key in the
 * catalogue.
 */
export const row: fc.Arbitrary<Row> = fc.record({
  whole: orNull(fc.oneof(fc.integer({ min: -3, max: 6 }), fc.constantFrom(-(2 ** 31), 2 ** 31 - 1))),
  large: orNull(fc.oneof(fc.integer({ min: -3, max: 6 }), fc.constantFrom(2 ** 53 - 1, -(2 ** 53 - 1)))),
  exact: orNull(number),
  float: orNull(number),
  words: orNull(wordText),
  title: wordText,
  flag: orNull(fc.boolean()),
  happened_at: orNull(fc.record({ milliseconds: moment, microseconds: fc.constantFrom(0, 1, 500, 999) })),
  owner_id: orNull(fc.constantFrom(...IDS)),
  status: orNull(fc.constantFrom(...STATUSES)),
  tags: orNull(tagList),
  custom_fields: orNull(
    fc.dictionary(fc.constantFrom(...CUSTOM_KEYS), customValue, { maxKeys: CUSTOM_KEYS.length, size: 'max' }),
  ),
});

const CUSTOM_TYPES: Record<
  string,
  { type: 'text' | 'number' | 'boolean' | 'date' | 'id' | 'enum' | 'text_list'; values?: string[] }
> = {
  text: { type: 'text' },
  count: { type: 'number' },
  agreed: { type: 'boolean' },
  since: { type: 'date' },
  reference: { type: 'id' },
  place: { type: 'enum', values: LOCATIONS },
  labels: { type: 'text_list' },
};

const column = (name: string, type: 'text' | 'number' | 'boolean' | 'date' | 'id' | 'text_list', nullable = true) => ({
  name,
  type,
  nullable,
  sql: `t.${name}`,
  description: '',
});

/** The catalogue of the test table: a column of each type, an untyped family and a typed one. */
export const catalogue = defineFieldCatalogue({
  fields: [
    column('whole', 'number'),
    column('large', 'number'),
    column('exact', 'number'),
    column('float', 'number'),
    column('words', 'text'),
    column('title', 'text', false),
    column('flag', 'boolean'),
    column('happened_at', 'date'),
    column('owner_id', 'id'),
    column('tags', 'text_list'),
    { name: 'status', type: 'enum', values: STATUSES, nullable: true, sql: 't.status', description: '' },
  ],
  families: [
    { prefix: 'custom_fields.', sql: 't.custom_fields', description: '' },
    {
      prefix: 'typed.',
      sql: 't.custom_fields',
      typeOf: (key) => (Object.hasOwn(CUSTOM_TYPES, key) ? CUSTOM_TYPES[key] : undefined),
      description: '',
    },
  ],
});

const quantifier = fc.constantFrom(
  '',
  '',
  '',
  '',
  '*',
  '+',
  '?',
  '*?',
  '+?',
  '??',
  '{2}',
  '{0}',
  '{0,2}',
  '{1,}',
  '{2,3}?',
);
const literal = character.map((unit) => unit.replace(/[\\.*+?[\](){}|^$]/g, '\\$&'));
const classMember = fc.oneof(
  character.map((unit) => unit.replace(/[\\[\]^-]/g, '\\$&')),
  fc.constantFrom(
    'a-z',
    'A-Z',
    '0-9',
    'a-é',
    'А-я',
    ' -~',
    '\\d',
    '\\D',
    '\\w',
    '\\W',
    '\\s',
    '\\S',
    '\\n',
    '\\x41',
    '\\x{1F600}',
    '\\x20-\\x{10FFFF}',
  ),
);
const bracket = fc
  .tuple(fc.constantFrom('', '^'), fc.array(classMember, { minLength: 1, maxLength: 4 }))
  .map(([caret, members]) => `[${caret}${members.join('')}]`);
const assertion = fc.constantFrom('^', '$', '\\A', '\\z', '\\b', '\\B');
const atom = fc.oneof(
  { weight: 3, arbitrary: literal },
  bracket,
  fc.constantFrom('.', '.', '\\d', '\\D', '\\w', '\\W', '\\s', '\\S', '\\t', '\\n', '\\xe9', ']', '}'),
);
const { alternatives } = fc.letrec<{ alternatives: string; piece: string }>((tie) => ({
  piece: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 6, arbitrary: fc.tuple(atom, quantifier).map((parts) => parts.join('')) },
    { weight: 1, arbitrary: assertion },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom('(', '(?:'), tie('alternatives'), quantifier)
        .map(([open, inner, times]) => `${open}${inner})${times}`),
    },
  ),
  alternatives: fc
    .array(
      fc.array(tie('piece'), { maxLength: 4 }).map((pieces) => pieces.join('')),
      { minLength: 1, maxLength: 3 },
    )
    .map((branches) => branches.join('|')),
}));

/** A random pattern in RE2 syntax, mostly but not always in the portable subset. */
export const pattern = fc
  .tuple(fc.constantFrom('', '', '(?i)', '(?s)', '(?is)'), alternatives)
  .map((parts) => parts.join(''))
  .filter((text) => text !== '');

const leaf = (field: string, operators: Record<string, fc.Arbitrary<unknown> | undefined>) =>
  fc
    .constantFrom(...Object.entries(operators))
    .chain(([operator, value]) =>
      (value ?? fc.constant(undefined)).map((operand) =>
        operand === undefined ? { field, operator } : { field, operator, value: operand },
      ),
    );

const negatable = (operators: Record<string, fc.Arbitrary<unknown>>) =>
  Object.fromEntries(
    Object.entries(operators).flatMap(([name, value]) => [
      [name, value],
      [`not_${name}`, value],
    ]),
  );
const presence = { is_present: undefined, is_not_present: undefined };
const listOf = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { minLength: 1, maxLength: 4 });
const filled = wordText.filter((text) => text !== '');
const tag = fc.oneof(fc.constantFrom('vip', 'a,b', '"', 'null'), filled);
const ordered = (arbitrary: fc.Arbitrary<number>) =>
  fc.tuple(arbitrary, arbitrary).map(([a, b]) => (a < b ? [a, b] : [b, a]));

const OPERATORS_OF = {
  text: {
    ...negatable({ equals: wordText, in: listOf(wordText), contains: filled }),
    starts_with: filled,
    ends_with: filled,
    matches: pattern,
    ...presence,
  },
  number: {
    ...negatable({ equals: number, in: listOf(number) }),
    greater_than: number,
    less_than: number,
    between: ordered(number),
    ...presence,
  },
  boolean: { ...negatable({ equals: fc.boolean() }), ...presence },
  date: {
    ...negatable({ equals: writtenDate }),
    before: writtenDate,
    after: writtenDate,
    within_last: fc.constantFrom(1, 60, 1e9, 3_155_760_000),
    between: ordered(moment).map((pair) => pair.map((at) => new Date(at!).toISOString())),
    ...presence,
  },
  id: {
    ...negatable({ equals: fc.constantFrom(...IDS, IDS[1]!.toUpperCase()), in: listOf(fc.constantFrom(...IDS)) }),
    ...presence,
  },
  text_list: { ...negatable({ contains: tag, in: listOf(tag) }), ...presence },
};
const enumOperators = (values: string[]) => ({
  ...negatable({ equals: fc.constantFrom(...values), in: listOf(fc.constantFrom(...values)) }),
  ...presence,
});
const untyped = (field: string) =>
  fc.oneof(
    leaf(field, OPERATORS_OF.text_list),
    leaf(field, OPERATORS_OF.text),
    leaf(field, OPERATORS_OF.number),
    leaf(field, OPERATORS_OF.boolean),
    leaf(field, OPERATORS_OF.date),
  );

const condition = fc.oneof(
  leaf('words', OPERATORS_OF.text),
  leaf('title', OPERATORS_OF.text),
  leaf('whole', OPERATORS_OF.number),
  leaf('large', OPERATORS_OF.number),
  leaf('exact', OPERATORS_OF.number),
  leaf('float', OPERATORS_OF.number),
  leaf('flag', OPERATORS_OF.boolean),
  leaf('happened_at', OPERATORS_OF.date),
  leaf('owner_id', OPERATORS_OF.id),
  leaf('status', enumOperators(STATUSES)),
  leaf('tags', OPERATORS_OF.text_list),
  ...['free', 'other key', 'a.b', 'é"\\', 'labels', 'missing'].map((key) => untyped(`custom_fields.${key}`)),
  ...Object.entries(CUSTOM_TYPES).map(([key, { type }]) =>
    leaf(`typed.${key}`, type === 'enum' ? enumOperators(LOCATIONS) : OPERATORS_OF[type]),
  ),
);

/** A random filter over {@link catalogue}. Validation can still reject a generated pattern. */
export const filter = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    { weight: 4, arbitrary: condition },
    { weight: 1, arbitrary: fc.array(tie('node'), { maxLength: 4 }).map((all) => ({ all })) },
    { weight: 1, arbitrary: fc.array(tie('node'), { minLength: 1, maxLength: 4 }).map((any) => ({ any })) },
    { weight: 1, arbitrary: tie('node').map((not) => ({ not })) },
  ),
})).node as fc.Arbitrary<FilterNode>;

/** An instant for `within_last`, close to those of the rows. */
export const now = moment.map((milliseconds) => new Date(milliseconds));

/** Texts to match patterns against. */
export const texts = fc.array(wordText, { minLength: 1, maxLength: 60, size: 'max' });
