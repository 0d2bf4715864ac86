import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { describeFilterLanguage, filterJsonSchema } from './describe-filter.js';
import { catalogue, filter } from './filter-equivalence.arbitraries.js';
import { FILTER_OPERATORS } from './filter-types.js';
import { parseFilter } from './parse-filter.js';

describe('filterJsonSchema', () => {
  const ajv = new Ajv2020({ strict: false });
  ajv.addSchema({ $id: 'document', $defs: { Filter: filterJsonSchema('#/$defs/Filter') } });
  const accepts = ajv.compile({ $ref: 'document#/$defs/Filter' });

  it('should accept every filter that the parser accepts', () => {
    const property = fc.property(filter, (input) => {
      fc.pre(parseFilter(input, catalogue, { purpose: 'memory' }).ok);
      if (!accepts(input)) throw new Error(`${JSON.stringify(input)}: ${ajv.errorsText(accepts.errors)}`);
    });
    fc.assert(property, { numRuns: 300 });
  });

  it('should accept its own example', () => {
    expect(accepts(filterJsonSchema().example)).toBe(true);
  });

  it.each([
    {},
    null,
    [],
    'open',
    { all: {} },
    { any: [] },
    { all: [], any: [] },
    { field: 'a' },
    { field: 'a', operator: 'is' },
    { field: 'a', operator: 'equals', value: {} },
  ])('should reject %j', (input) => {
    expect(accepts(input)).toBe(false);
    expect(parseFilter(input, catalogue, { purpose: 'memory' }).ok).toBe(false);
  });
});

describe('describeFilterLanguage', () => {
  it('should describe every operator and the types that support it', () => {
    const { operators, types } = describeFilterLanguage();
    expect(operators.map(({ name }) => name)).toEqual([...FILTER_OPERATORS]);
    for (const { name, description, types: acceptingTypes } of operators) {
      expect(description).not.toBe('');
      expect(acceptingTypes).toEqual(types.filter((type) => type.operators.includes(name)).map((type) => type.name));
      expect(acceptingTypes.length).toBeGreaterThan(0);
    }
  });
});
