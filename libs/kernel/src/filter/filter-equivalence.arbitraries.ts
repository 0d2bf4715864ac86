import { foldText } from '../text/fold-text.js';
import * as fc from 'fast-check';

import { defineFieldCatalogue } from './field-catalogue.js';
import type { FilterNode } from './filter-types.js';
import {
  STATUSES,
  LOCATIONS,
  IDS,
  character,
  wordText,
  number,
  moment,
  writtenDate,
} from './filter-values.arbitraries.js';

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
// Texts of marks only, such as the tatweel, are empty when they are folded.
const filled = wordText.filter((text) => foldText(text) !== '');
const tag = fc.oneof(fc.constantFrom('vip', 'a,b', '"', 'null'), filled);
const ordered = (arbitrary: fc.Arbitrary<number>) =>
  fc.tuple(arbitrary, arbitrary).map(([a, b]) => (a < b ? [a, b] : [b, a]));

const OPERATORS_OF = {
  text: {
    ...negatable({ equals: wordText, in: listOf(wordText), contains: filled }),
    contains_word: filled,
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
