import fc from 'fast-check';
import { collectVisible, readVisiblePage } from './visible-page.js';
import type { Page, PageRequest } from './page.js';

/** Reads pages of the items 0, 1, 2, … `count - 1`. */
function readerOf(count: number) {
  return ({ start, limit }: PageRequest): Promise<Page<number>> => {
    const from = 'after' in start ? Number(start.after[0]) + 1 : start.offset;
    const items = Array.from({ length: Math.max(0, Math.min(limit, count - from)) }, (_, index) => from + index);
    const next = from + items.length < count ? [items.at(-1)!] : null;
    return Promise.resolve({ items, total: { value: count, estimate: false }, next });
  };
}

it('should return every visible item once when a list with hidden items is read to its end', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.boolean(), { maxLength: 60 }),
      fc.integer({ min: 1, max: 7 }),
      async (visible, limit) => {
        const select = (items: readonly number[]) => Promise.resolve(items.filter((item) => visible[item]));
        const found: number[] = [];
        let start: PageRequest['start'] | null = { offset: 0 };
        while (start) {
          const page: Page<number> = await readVisiblePage(
            { limit, start, direction: 'asc' },
            readerOf(visible.length),
            select,
          );
          expect(page.items.length).toBeLessThanOrEqual(limit);
          found.push(...page.items);
          start = page.next && { after: page.next };
        }
        expect(found).toEqual([...visible.keys()].filter((item) => visible[item]));
      },
    ),
  );
});

it('should stop after 20 reads when all items are hidden', async () => {
  let reads = 0;
  const read = (start: number) => {
    reads += 1;
    return Promise.resolve({ items: [start], next: start + 1 });
  };
  expect(await collectVisible(0, 5, read, () => Promise.resolve([]))).toEqual({ items: [], next: 20 });
  expect(reads).toBe(20);
});
