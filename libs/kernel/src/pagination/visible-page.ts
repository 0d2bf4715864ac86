import type { Page, PageRequest } from './page.js';

/** Maximum number of pages that are read for one page of visible items. */
const MAX_PAGES = 20;

/**
 * Reads a page of the items that the caller can see. Goes on reading until the page is full, so that neither the number
 * of items nor the total depends on hidden ones. The total is that of the visible items up to the page, plus one if
 * more follow.
 * @param select returns the visible items among those given.
 */
export async function readVisiblePage<Item>(
  request: PageRequest,
  read: (request: PageRequest) => Promise<Page<Item>>,
  select: (items: readonly Item[]) => Promise<readonly Item[]>,
): Promise<Page<Item>> {
  let page = await read(request);
  const items = [...(await select(page.items))];
  for (let pages = 1; pages < MAX_PAGES && items.length < request.limit && page.next !== null; pages += 1) {
    page = await read({ ...request, limit: request.limit - items.length, start: { after: page.next } });
    items.push(...(await select(page.items)));
  }
  const before = 'offset' in request.start ? request.start.offset : 0;
  const value = before + items.length + (page.next === null ? 0 : 1);
  return { items, total: { value, estimate: page.next !== null || before > 0 }, next: page.next };
}
