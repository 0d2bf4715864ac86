import { defineFieldCatalogue } from './field-catalogue.js';
import { explainFilter } from './explain-filter.js';
import { ASSIGNEE, catalogue, subjectOf, validFilter } from './filter.samples.js';

const explain = (input: unknown, ...subject: Parameters<typeof subjectOf>) =>
  explainFilter(validFilter(input), catalogue, subjectOf(...subject));

describe('explainFilter', () => {
  it('should return every condition with the compared value, including those after the deciding one', () => {
    const input = {
      all: [
        { field: 'status', operator: 'equals', value: 'open' },
        {
          any: [
            { field: 'tags', operator: 'contains', value: 'vip' },
            { field: 'subject', operator: 'is_present' },
          ],
        },
        { not: { field: 'custom_fields.plan', operator: 'in', value: ['free'] } },
      ],
    };
    expect(explain(input, { status: 'closed', tags: ['vip'], 'custom_fields.plan': 'free' })).toEqual({
      matched: false,
      conditions: [
        {
          path: 'filter.all[0]',
          field: 'status',
          type: 'enum',
          operator: 'equals',
          expected: 'open',
          actual: 'closed',
          matched: false,
        },
        {
          path: 'filter.all[1].any[0]',
          field: 'tags',
          type: 'text_list',
          operator: 'contains',
          expected: 'vip',
          actual: ['vip'],
          matched: true,
        },
        {
          path: 'filter.all[1].any[1]',
          field: 'subject',
          type: 'text',
          operator: 'is_present',
          actual: null,
          matched: false,
        },
        {
          path: 'filter.all[2].not',
          field: 'custom_fields.plan',
          type: 'untyped',
          operator: 'in',
          expected: ['free'],
          actual: 'free',
          matched: true,
        },
      ],
    });
  });

  it('should return both sides of a change', () => {
    const input = {
      all: [
        { field: 'assignee', operator: 'changed_to', value: null },
        { field: 'status', operator: 'changed' },
        { field: 'previous.assignee', operator: 'equals', value: ASSIGNEE },
        { field: 'changed.status', operator: 'equals', value: true },
      ],
    };
    const { matched, conditions } = explain(input, { status: 'open' }, { assignee: [ASSIGNEE, null] });
    expect(matched).toBe(false);
    expect(conditions.map(({ actual, matched: condition }) => [actual, condition])).toEqual([
      [{ before: ASSIGNEE, after: null }, true],
      [null, false],
      [ASSIGNEE, true],
      [false, false],
    ]);
    expect(conditions[0]).toMatchObject({ expected: null });
  });

  it('should return values as truncated JSON that Postgres can store', () => {
    const actualOf = (field: string, actual: unknown): unknown =>
      explain({ field, operator: 'is_present' }, { [field]: actual }).conditions[0]!.actual;
    expect(actualOf('subject', `${'x'.repeat(299)}😀 and more`)).toBe(`${'x'.repeat(299)}😀…`);
    expect(
      actualOf(
        'tags',
        Array.from({ length: 60 }, () => 'a'),
      ),
    ).toHaveLength(50);
    expect(actualOf('created_at', new Date('2026-01-15T10:30:00Z'))).toBe('2026-01-15T10:30:00.000Z');
    expect(actualOf('reopen_count', 5n)).toBe('5');
    expect(actualOf('custom_fields.a', { deep: 1 })).toBeNull();
  });

  it('should start paths with the root that the filter was parsed with', () => {
    const filter = validFilter({ field: 'status', operator: 'changed' });
    expect(explainFilter(filter, catalogue, subjectOf({}), { root: 'conditions' }).conditions[0]!.path).toBe(
      'conditions',
    );
  });

  it('should throw when the filter belongs to another catalogue', () => {
    const filter = validFilter({ field: 'status', operator: 'changed' });
    expect(() => explainFilter(filter, defineFieldCatalogue({ fields: [] }), subjectOf({}))).toThrow(
      /does not match the catalogue that the filter was parsed with/,
    );
  });
});
