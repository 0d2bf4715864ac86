import { createHash } from 'node:crypto';
import { badRequestError } from '../errors/domain-error.js';
import type { PageQueryDto } from './page-query.dto.js';

/** Up to here a total is counted exactly. */
export const EXACT_TOTAL_LIMIT = 10_000;

/** Where a page begins: after so many rows, or after the row with these key values. */
export type PageStart = { readonly offset: number } | { readonly after: readonly CursorValue[] };

/** A value of the order's key columns. */
export type CursorValue = string | number | null;

/** A page as a repository is asked for it. */
export interface PageRequest {
  readonly limit: number;
  readonly start: PageStart;
  readonly direction: 'asc' | 'desc';
  /** Digest of the filters and the order; a cursor carries it. */
  readonly fingerprint: string;
  /** Rows before this page; null when a cursor leads here. */
  readonly offset: number | null;
  /** The total that a cursor brought along. */
  readonly cursorTotal: Total | null;
}

/** How many objects match in all. */
export interface Total {
  readonly value: number;
  readonly estimate: boolean;
}

/** A page as a repository gives it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly total: Total;
  /** Key values of the last row when more rows follow it. */
  readonly next: readonly CursorValue[] | null;
}

interface CursorBody {
  readonly v: readonly CursorValue[];
  readonly f: string;
  readonly t: readonly [number, 0 | 1];
}

/**
 * Reads the three ways of paging from a query. `scope` is whatever the page depends on besides the position: filters,
 * order, workspace.
 * @throws DomainError BAD_REQUEST when ways are mixed or the cursor is foreign.
 */
export function parsePageRequest(query: PageQueryDto, scope: unknown): PageRequest {
  const direction = query.order_dir ?? 'desc';
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([scope, direction]))
    .digest('base64url')
    .slice(0, 16);
  const base = { direction, fingerprint, cursorTotal: null } as const;
  const isPaged = query.page !== undefined || query.per_page !== undefined;
  if (query.cursor !== undefined) {
    if (isPaged || query.offset !== undefined)
      throw badRequestError({ cursor: ['cursor goes with limit only, not with offset, page or per_page'] });
    const body = parseCursor(query.cursor, fingerprint);
    return {
      ...base,
      limit: query.limit ?? 20,
      start: { after: body.v },
      offset: null,
      cursorTotal: { value: body.t[0], estimate: body.t[1] === 1 },
    };
  }
  if (isPaged) {
    if (query.limit !== undefined || query.offset !== undefined)
      throw badRequestError({ page: ['page and per_page do not go with limit and offset'] });
    const limit = query.per_page ?? 25;
    const offset = ((query.page ?? 1) - 1) * limit;
    return { ...base, limit, start: { offset }, offset };
  }
  const offset = query.offset ?? 0;
  return { ...base, limit: query.limit ?? 20, start: { offset }, offset };
}

function parseCursor(text: string, fingerprint: string): CursorBody {
  try {
    const body = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as CursorBody;
    const wellFormed =
      Array.isArray(body.v) &&
      body.v.length > 0 &&
      body.v.length < 8 &&
      body.v.every(
        (value) =>
          value === null ||
          typeof value === 'number' ||
          (typeof value === 'string' && value.length < 1000 && !value.includes('\0')),
      ) &&
      Array.isArray(body.t) &&
      Number.isSafeInteger(body.t[0]);
    if (wellFormed && body.f === fingerprint) return body;
  } catch {
    // Told below, in the same words as a cursor of another list.
  }
  throw badRequestError({ cursor: ['cursor is not one that this list, with these filters and this order, gave out'] });
}

/** The list on the wire, as in `api.md`. */
export interface ListResponse<T> {
  readonly data: readonly T[];
  readonly total: number;
  readonly meta: {
    readonly total: number;
    readonly total_count: number;
    readonly total_is_estimate: boolean;
    readonly limit: number;
    readonly offset: number | null;
    readonly current_page: number | null;
    readonly per_page: number;
    readonly next_cursor: string | null;
    readonly has_more: boolean;
  };
}

/** Puts a page on the wire. */
export function toListResponse<T>(request: PageRequest, page: Page<T>): ListResponse<T> {
  const { value, estimate } = page.total;
  const cursor: CursorBody | null = page.next && { v: page.next, f: request.fingerprint, t: [value, estimate ? 1 : 0] };
  return {
    data: page.items,
    total: value,
    meta: {
      total: value,
      total_count: value,
      total_is_estimate: estimate,
      limit: request.limit,
      offset: request.offset,
      current_page: request.offset === null ? null : Math.floor(request.offset / request.limit) + 1,
      per_page: request.limit,
      next_cursor: cursor && Buffer.from(JSON.stringify(cursor)).toString('base64url'),
      has_more: page.next !== null,
    },
  };
}
