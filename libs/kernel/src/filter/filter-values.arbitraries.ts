import * as fc from 'fast-check';

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

/** Values of the enum column. */
export const STATUSES = ['open', 'pending', 'closed'];
/** Values of the enum custom field. */
export const LOCATIONS = ['home', 'work'];
/** IDs of the ID column. */
export const IDS = [
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
  '東',
  'ก',
  '’',
  'ʼ',
  '№',
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
  ['東', '京', 'a', '1'],
  ["'", '’', 'ʼ', 'd'],
];
const FREQUENT = CONFUSED.flat();

/** A character; frequent ones are similar to others. */
export const character = fc
  .oneof(
    { weight: 20, arbitrary: fc.constantFrom(...FREQUENT) },
    { weight: 4, arbitrary: fc.constantFrom(...CHARACTERS) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
  )
  .filter((unit) => !unit.includes('\u0000'));
const shortText = fc.string({ unit: character, maxLength: 3 });
/** A short text, often equal to another one. */
export const wordText = fc.oneof(
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
/** A number, often at the limits of a type. */
export const number = fc.oneof(
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
/** An instant in milliseconds since 1970. */
export const moment = fc.oneof(
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
/** A date as a filter contains it. */
export const writtenDate = fc.oneof(
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

/** An instant for `within_last`, close to those of the rows. */
export const now = moment.map((milliseconds) => new Date(milliseconds));

/** Texts to match patterns against. */
export const texts = fc.array(wordText, { minLength: 1, maxLength: 60, size: 'max' });
