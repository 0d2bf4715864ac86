import type { ArgumentMetadata } from '@nestjs/common';
import { DomainError } from '../errors/domain-error.js';
import { assertBodyLimits, MAX_BODY_DEPTH, MAX_BODY_VALUES, MAX_OBJECT_FIELDS } from './body-limits.js';
import {
  AnyJsonField,
  JsonObjectField,
  NestedField,
  NestedListField,
  StringField,
  StringListField,
  UuidListField,
} from './fields.js';
import { MAX_LISTED_FIELDS, validationPipe } from './validation.js';

class ItemDto {
  @StringField({ description: 'Name.', max: 50 })
  readonly name: string;

  @NestedListField(() => ItemDto, { description: 'Items of the item.', optional: true, maxItems: 10 })
  readonly items?: readonly ItemDto[];
}

class BodyDto {
  @StringField({ description: 'Text.', optional: true, max: 20_000 })
  readonly text?: string;

  @StringListField({ description: 'Tags.', optional: true, maxItems: 50 })
  readonly tags?: readonly string[];

  @UuidListField({ description: 'IDs.', optional: true, maxItems: 10_000 })
  readonly ids?: readonly string[];

  @NestedField(() => ItemDto, { description: 'An item.', optional: true })
  readonly item?: ItemDto;

  @NestedListField(() => ItemDto, { description: 'Items.', optional: true })
  readonly items?: readonly ItemDto[];

  @JsonObjectField({ description: 'Metadata.', optional: true })
  readonly metadata?: object;

  @AnyJsonField({ type: 'object' }, { description: 'A filter.', optional: true })
  readonly filter?: unknown;
}

const MAX_BYTES = 1024 * 1024;
const MAX_CPU_MS = 250;
const METADATA = { type: 'body', metatype: BodyDto } as ArgumentMetadata;
const pipe = validationPipe({ queryCache: true });

/** As many copies of an item as fit into the largest body. */
function fill<Item>(createItem: (index: number) => Item): Item[] {
  const bytes = JSON.stringify(createItem(100_000)).length + 1;
  return Array.from({ length: Math.floor((MAX_BYTES - 1_000) / bytes) }, (_none, index) => createItem(index));
}

function wide(bytesPerField: number): Record<string, number> {
  return Object.fromEntries(Array.from({ length: Math.floor(MAX_BYTES / bytesPerField) }, (_none, i) => [`k${i}`, i]));
}

function nested(depth: number): unknown {
  return Array.from({ length: depth }).reduce<unknown>((inner) => ({ a: inner }), 1);
}

async function validate(body: unknown): Promise<DomainError> {
  return Promise.resolve()
    .then(() => pipe.transform(body, METADATA) as unknown)
    .then(
      () => Promise.reject(new Error('The body was accepted')),
      (error: DomainError) => error,
    );
}

describe('validation of large bodies', () => {
  it.each<[shape: string, body: () => unknown, field: string]>([
    ['many fields', () => wide(13), 'request_body'],
    ['many fields in an object field', () => ({ item: wide(13) }), 'item'],
    ['many fields in JSON', () => ({ metadata: wide(13) }), 'metadata'],
    ['a list as the body', () => fill(() => 1), 'request_body'],
    ['many items', () => ({ items: fill((i) => ({ name: `n${i}` })).slice(0, 10_000) }), 'items'],
    ['many invalid items', () => ({ items: fill((i) => ({ nam: i })).slice(0, 10_000) }), 'items'],
    ['many items in an item', () => ({ item: { name: 'a', items: fill(() => ({})).slice(0, 20_000) } }), 'item.items'],
    ['many texts', () => ({ tags: fill((i) => `t${i}`).slice(0, 20_000) }), 'tags'],
    ['many numbers', () => ({ ids: fill((i) => i) }), 'request_body'],
    ['invalid IDs', () => ({ ids: fill((i) => `id${i}`).slice(0, 10_000) }), 'ids'],
    ['a deep object', () => ({ metadata: nested(150_000) }), 'depth'],
    ['a deep filter', () => ({ filter: nested(150_000) }), 'depth'],
    ['a long text', () => ({ text: 'x'.repeat(MAX_BYTES) }), 'text'],
    ['a long unknown field', () => ({ ['x'.repeat(MAX_BYTES)]: 1 }), 'long'],
    [
      'unknown fields at the limit',
      () => Object.fromEntries(Array.from({ length: MAX_OBJECT_FIELDS }, (_none, i) => [`k${i}`, i])),
      'k0',
    ],
  ])('should take little processor time and name the field when the body has %s', async (_shape, createBody, field) => {
    const body = createBody();
    const before = process.cpuUsage();
    const { code, details } = await validate(body);
    const { user, system } = process.cpuUsage(before);
    expect(code).toBe('BAD_REQUEST');
    const names = Object.keys(details);
    expect(names.length).toBeLessThanOrEqual(MAX_LISTED_FIELDS);
    expect(JSON.stringify(details).length).toBeLessThan(20_000);
    if (field === 'depth') expect(details[names[0]!]).toEqual([expect.stringContaining('levels')]);
    else if (field !== 'long') expect(names[0]!.startsWith(field)).toBe(true);
    expect((user + system) / 1000).toBeLessThan(MAX_CPU_MS);
  });
});

describe('assertBodyLimits', () => {
  it('should accept bodies at the limits', () => {
    const fields = Object.fromEntries(Array.from({ length: MAX_OBJECT_FIELDS }, (_none, i) => [`k${i}`, i]));
    expect(() => assertBodyLimits(fields)).not.toThrow();
    expect(() => assertBodyLimits(Array.from({ length: MAX_BODY_VALUES }, () => 1))).not.toThrow();
    expect(() => assertBodyLimits(nested(MAX_BODY_DEPTH))).not.toThrow();
    for (const body of [undefined, null, 'text', 1, true, {}]) expect(() => assertBodyLimits(body)).not.toThrow();
  });

  it('should count the values of all levels', () => {
    const lists = Array.from({ length: 100 }, () => Array.from({ length: 300 }, () => 1));
    expect(() => assertBodyLimits({ lists })).toThrow(DomainError);
  });
});
