import fc from 'fast-check';
import { diffBulkFields, planBulkUndo, type BulkFields } from './bulk-changes.js';

const lower = (tag: string): string => tag.toLowerCase();

function plan(before: BulkFields, after: BulkFields, current: BulkFields): ReturnType<typeof planBulkUndo> {
  return planBulkUndo(diffBulkFields(before, after), current, lower);
}

describe('diffBulkFields', () => {
  it('should return the fields whose values differ', () => {
    expect(diffBulkFields({ a: 1, b: { x: 1, y: 2 }, c: null, d: 4 }, { a: 2, b: { y: 2, x: 1 }, e: 'new' })).toEqual({
      a: [1, 2],
      d: [4, null],
      e: [null, 'new'],
    });
  });
});

describe('planBulkUndo', () => {
  it.each([
    ['the value of the bulk update', { a: 1 }, { a: 2 }, { a: 2 }, { a: 1 }, []],
    ['another value', { a: 1 }, { a: 2 }, { a: 3 }, {}, ['a']],
    ['the previous value again', { a: 1 }, { a: 2 }, { a: 1 }, {}, ['a']],
    ['no value where one was added', { a: 'x' }, {}, {}, { a: 'x' }, []],
    ['an added value', {}, { a: 'x' }, { a: 'x' }, { a: null }, []],
    ['the same JSON in another order', { a: 1 }, { a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } }, { a: 1 }, []],
    ['more tags', { tags: ['a'] }, { tags: ['a', 'b'] }, { tags: ['a', 'b', 'c'] }, { tags: ['a', 'c'] }, []],
    ['fewer tags', { tags: ['a', 'd'] }, { tags: ['b', 'd'] }, { tags: ['b'] }, { tags: ['a'] }, []],
    ['an added tag in another spelling', { tags: [] }, { tags: ['b'] }, { tags: ['B', 'c'] }, { tags: ['c'] }, []],
    ['a removed tag again', { tags: ['a'] }, { tags: [] }, { tags: ['A', 'c'] }, {}, ['tags']],
    ['tags in another order', { tags: ['a', 'b'] }, { tags: ['b', 'a'] }, { tags: ['b', 'a'] }, {}, []],
    ['none of the added tags', { tags: [] }, { tags: ['b'] }, { tags: ['c'] }, {}, ['tags']],
  ] as const)(
    'should restore the fields when the object has %s',
    (_, before, after, current, fields, skippedFields) => {
      expect(plan(before, after, current)).toEqual({ fields, skippedFields });
    },
  );

  it('should restore everything when nothing has changed since', () => {
    const tags = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'));
    const object = fc.record({ name: fc.option(fc.string()), size: fc.integer({ max: 3, min: 0 }), tags });
    fc.assert(
      fc.property(object, object, (before, after) => {
        const { fields, skippedFields } = plan(before, after, after);
        const restored = { ...after, ...fields };
        expect(skippedFields).toEqual([]);
        expect({ ...restored, tags: [...restored.tags].sort() }).toEqual({ ...before, tags: [...before.tags].sort() });
      }),
    );
  });
});
