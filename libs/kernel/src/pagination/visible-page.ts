import type { Page, PageRequest } from './page.js';

/** Maximum number of pages that are read for one page of visible items. */
const MAX_PAGES = 20;

/** Items of one read, and where the next one starts; null if no more items follow. */
interface Chunk<Item, Start> {
  readonly items: readonly Item[];
  readonly next: Start | null;
}

/**
 * Reads until `limit` items are found that the caller can see, until no more items follow, or 20 times.
 * @param read reads the items from a start; `missing` is the number of items that are still missing.
 * @param select returns the visible items among those given.
 */
export async function collectVisible<Item, Start>(
  start: Start,
  limit: number,
  read: (start: Start, missing: number) => Promise<Chunk<Item, Start>>,
  select: (items: readonly Item[]) => Promise<readonly Item[]>,
): Promise<Chunk<Item, Start>> {
  const items: Item[] = [];
  let next: Start | null = start;
  for (let pages = 0; pages < MAX_PAGES && items.length < limit && next !== null; pages += 1) {
    const chunk: Chunk<Item, Start> = await read(next, limit - items.length);
    items.push(...(await select(chunk.items)));
    next = chunk.next;
  }
  return { items, next };
}

/**
 * Reads a page of the items that the caller can see, so that neither the number of items nor the total depends on hidden
 * ones. The total is that of the visible items up to the page, plus one if more follow.
 * @param select returns the visible items among those given.
 */
export async function readVisiblePage<Item>(
  request: PageRequest,
  read: (request: PageRequest) => Promise<Page<Item>>,
  select: (items: readonly Item[]) => Promise<readonly Item[]>,
): Promise<Page<Item>> {
  const readChunk = async (start: PageRequest['start'], limit: number) => {
    const { items, next } = await read({ ...request, limit, start });
    return { items, next: next && { after: next } };
  };
  const { items, next } = await collectVisible(request.start, request.limit, readChunk, select);
  const before = 'offset' in request.start ? request.start.offset : 0;
  const value = before + items.length + (next === null ? 0 : 1);
  const last = next !== null && 'after' in next ? next.after : null;
  return { items, total: { value, estimate: next !== null || before > 0 }, next: last };
}
