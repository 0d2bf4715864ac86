import { defineFieldCatalogue } from './field-catalogue.js';
import { explainFilter } from './explain-filter.js';
import { ASSIGNEE, catalogue, subjectOf, validFilter } from './filter.samples.js';

const explain = (input: unknown, ...subject: Parameters<typeof subjectOf>) =>
  explainFilter(validFilter(input), catalogue, subjectOf(...subject));

describe('explainFilter', () => {
  it('should tell each condition, with the value it met, even after the outcome is decided', () => {
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

  it('should show both sides of a change', () => {
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

  it('should show values as JSON that Postgres can store, cut short', () => {
    const actualOf = (field: string, actual: unknown): unknown =>
      explain({ field, operator: 'is_present' }, { [field]: actual }).conditions[0]!.actual;
    expect(actualOf('subject', `${'x'.repeat(299)}😀 and more`)).toBe(`${'x'.repeat(299)}…`);
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

  it('should begin paths with the name that the filter was parsed under', () => {
    const filter = validFilter({ field: 'status', operator: 'changed' });
    expect(explainFilter(filter, catalogue, subjectOf({}), { root: 'conditions' }).conditions[0]!.path).toBe(
      'conditions',
    );
  });

  it('should not explain a filter of another catalogue', () => {
    const filter = validFilter({ field: 'status', operator: 'changed' });
    expect(() => explainFilter(filter, defineFieldCatalogue({ fields: [] }), subjectOf({}))).toThrow(
      /not the one the filter was parsed with/,
    );
  });
});
