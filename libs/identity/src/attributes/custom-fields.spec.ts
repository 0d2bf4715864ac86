import fc from 'fast-check';
import type { AttributeType } from './attribute-definition.view.js';
import { sentence } from '@parley/kernel';
import {
  assertCustomFieldsSize,
  mergeCustomFields,
  validateDefinition,
  validateValues,
  type ValueRule,
} from './custom-fields.js';

function rule(type: AttributeType, overrides: Partial<ValueRule> = {}): ValueRule {
  return { key: 'field', type, options: [], regex: null, regexHint: null, ...overrides };
}

const sku = rule('text', { regex: '^[A-Z]{2}-\\d+$', regexHint: 'must look like AB-12' });
const plan = rule('list', { options: ['free', 'pro'] });

describe('validateValues', () => {
  it.each<[ValueRule, unknown, boolean]>([
    [rule('text'), 'x', true],
    [rule('text'), 5, false],
    [rule('text'), ['x'], false],
    [sku, 'AB-12', true],
    [sku, 'ab-12', false],
    [sku, 'x AB-12', false],
    [rule('number'), 4.5, true],
    [rule('number'), '4.5', false],
    [rule('number'), true, false],
    [rule('currency'), 19.99, true],
    [rule('currency'), '19.99 EUR', false],
    [rule('date'), '2026-02-28', true],
    [rule('date'), '2026-02-28T10:00:00Z', true],
    [rule('date'), '2026-02-30', false],
    [rule('date'), 'tomorrow', false],
    [rule('date'), 20260228, false],
    [plan, 'pro', true],
    [plan, 'Pro', false],
    [plan, ['pro'], false],
    [rule('checkbox'), false, true],
    [rule('checkbox'), 'true', false],
    [rule('link'), 'https://example.com/a?b', true],
    [rule('link'), 'javascript:alert(1)', false],
    [rule('link'), 'example.com', false],
    [plan, null, true],
  ])('should validate, with the definition %j, the value %j', (definition, value, isValid) => {
    expect(validateValues({ field: value }, [definition], false)).toEqual(
      isValid ? [] : [{ path: ['customFields', 'field'], message: expect.anything() }],
    );
  });

  it('should accept undefined fields unless strict is set', () => {
    expect(validateValues({ other: 1 }, [plan], false)).toEqual([]);
    expect(validateValues({ other: null }, [plan], true)).toEqual([]);
    expect(validateValues({ other: 1, field: 'pro' }, [plan], true)).toMatchObject([
      { path: ['customFields', 'other'] },
    ]);
  });

  it('should use the hint of the definition when a text does not match its pattern', () => {
    expect(validateValues({ field: 'x' }, [sku], false)).toEqual([
      { path: ['customFields', 'field'], message: sentence`field must look like AB-12` },
    ]);
  });

  it('should never throw for any value', () => {
    const rules = [sku, plan, rule('number'), rule('date'), rule('link'), rule('checkbox'), rule('currency')];
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...rules), (value, definition) => {
        expect(validateValues({ field: value }, [definition], true).length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('validateDefinition', () => {
  it.each<[Parameters<typeof validateDefinition>[0], string[]]>([
    [{ type: 'text', options: [], regex: null }, []],
    [{ type: 'text', options: ['a'], regex: null }, ['options']],
    [{ type: 'list', options: [], regex: null }, ['options']],
    [{ type: 'list', options: ['a'], regex: '.' }, ['regex']],
    [{ type: 'text', options: [], regex: '(' }, ['regex']],
    [{ type: 'text', options: [], regex: '(?=x)' }, ['regex']],
    [{ type: 'number', options: [], regex: '\\d' }, ['regex']],
  ])('should report, for the definition %j, the fields %j', (definition, fields) => {
    expect(validateDefinition(definition).map(({ path }) => path[0])).toEqual(fields);
  });
});

it.each([
  [{}, {}, {}],
  [{ plan: 'free', seats: 3 }, { plan: 'pro' }, { plan: 'pro', seats: 3 }],
  [{ plan: 'free', seats: 3 }, { seats: null, other: null }, { plan: 'free' }],
  [{ plan: { name: 'free', since: 1 } }, { plan: { name: 'pro' } }, { plan: { name: 'pro' } }],
  [{ plan: 'free' }, { plan: '', seats: 0, beta: false }, { plan: '', seats: 0, beta: false }],
])('should merge, into %j, the changes %j: %j', (existing, changes, after) => {
  expect(mergeCustomFields(existing, changes)).toEqual(after);
});

it('should throw BAD_REQUEST when the merged fields exceed the size limit', () => {
  const large = 'x'.repeat(40_000);
  expect(() => assertCustomFieldsSize(mergeCustomFields({}, { one: large }))).not.toThrow();
  expect(() => assertCustomFieldsSize(mergeCustomFields({ one: large }, { two: large }))).toThrow(
    expect.objectContaining({ code: 'BAD_REQUEST', issues: [{ path: ['customFields'], message: expect.any(String) }] }),
  );
});
