import { defineFieldCatalogue } from './field-catalogue.js';
import { catalogue, declaration } from './filter.samples.js';
import { listFields } from './list-fields.js';
import { parseFilter } from './parse-filter.js';
import { suggestField } from './suggest-field.js';

const ENUM_OPERATORS = ['equals', 'not_equals', 'in', 'not_in', 'is_present', 'is_not_present'];
const CHANGE_OPERATORS = ['changed', 'changed_from', 'changed_to'];

describe('listFields', () => {
  it('should return fields, families and event fields when filters are evaluated in memory', () => {
    const fields = listFields(catalogue, 'memory');
    expect(fields.map(({ name }) => name)).toEqual([
      ...catalogue.names,
      'custom_fields.<key>',
      'contact.<key>',
      'previous.<field>',
      'changed.<field>',
    ]);
    expect(fields.find(({ name }) => name === 'status')).toEqual({
      name: 'status',
      type: 'enum',
      operators: [...ENUM_OPERATORS, ...CHANGE_OPERATORS],
      values: ['open', 'pending', 'closed'],
      description: '',
    });
  });

  it('should return only what queries can evaluate when filters are compiled to SQL', () => {
    const fields = listFields(catalogue, 'sql');
    expect(fields.map(({ name }) => name)).toEqual([
      ...catalogue.names.filter((name) => name !== 'message.body'),
      'custom_fields.<key>',
    ]);
    expect(fields.find(({ name }) => name === 'status')!.operators).toEqual(ENUM_OPERATORS);
    expect(fields.flatMap(({ operators }) => operators)).not.toContain('changed');
  });

  it.each(['memory', 'sql'] as const)(
    'should return only operators that are allowed when the purpose is %s',
    (purpose) => {
      const rejected = listFields(catalogue, purpose).flatMap(({ name, operators }) => {
        const field = name
          .replace('contact.<key>', 'contact.plan')
          .replace('<key>', 'a')
          .replace('<field>', 'custom_fields.a');
        return operators.flatMap((operator) => {
          const parsed = parseFilter({ field, operator, value: null }, catalogue, { purpose });
          const issues = parsed.ok ? [] : parsed.issues.filter(({ path }) => !path.startsWith('filter.value'));
          return name === 'contact.<key>' ? [] : issues.map(({ message }) => `${field} ${message}`);
        });
      });
      expect(rejected).toEqual([]);
    },
  );
});

describe('suggestField', () => {
  it.each([
    ['statsu', 'status'],
    ['body', 'message.body'],
    ['conversation.status', 'status'],
    ['previous.statsu', 'previous.status'],
    ['changed.tag', 'changed.tags'],
    ['custom_field.plan', 'custom_fields.plan'],
    ['customfields.a.b', 'custom_fields.a.b'],
    ['contact.age', undefined],
    ['custom_fields.__proto__', undefined],
    ['nothing_like_it', undefined],
    ['', undefined],
  ])('should suggest for %s the field %s', (name, suggestion) => {
    expect(suggestField(name, catalogue)).toBe(suggestion);
  });

  it('should name the operation that lists the fields when a field is unknown', () => {
    const listed = defineFieldCatalogue({ ...declaration, listedAt: 'GET /v1/conversations/fields' });
    const messageOf = (field: string): unknown => {
      const parsed = parseFilter({ field, operator: 'is_present' }, listed, { purpose: 'memory' });
      return parsed.ok ? null : parsed.issues[0]!.message;
    };
    expect(messageOf('statsu')).toBe(
      'is not a known field: "statsu"; did you mean "status"? GET /v1/conversations/fields lists all fields',
    );
    expect(messageOf('weather')).toBe('is not a known field: "weather"; GET /v1/conversations/fields lists all fields');
  });
});
