import { createHash } from 'node:crypto';
import { badRequestError } from '../errors/domain-error.js';
import type { PageQueryDto } from './page-query.dto.js';

/** Totals up to this number are exact. */
export const EXACT_TOTAL_LIMIT = 10_000;

/** Start of a page: after a number of rows, or after the row with these key values. */
export type PageStart = { readonly offset: number } | { readonly after: readonly CursorValue[] };

/** A value of the order's key columns. */
export type CursorValue = string | number | null;

/** The requested page. */
export interface PageRequest {
  readonly limit: number;
  readonly start: PageStart;
  readonly direction: 'asc' | 'desc';
  /** False if the caller does not need the total. Rows are then not counted. Default: true. */
  readonly countTotal?: boolean;
}

/** The page that a client requests, with the state of its cursor. Only {@link parsePageRequest} creates it. */
export interface HttpPageRequest extends PageRequest {
  /** Hash of the filters and the order, which is also in the cursor. */
  readonly fingerprint: string;
  /** Number of rows before this page; null if requested with a cursor. */
  readonly offset: number | null;
  /** Total in the cursor. */
  readonly cursorTotal: Total | null;
}

/** Number of matching objects. */
export interface Total {
  readonly value: number;
  readonly estimate: boolean;
}

/** A page of results. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Null if the request has `countTotal: false` and the total is not known. */
  readonly total: Total | null;
  /** Key values of the last row; null if no rows follow. */
  readonly next: readonly CursorValue[] | null;
}

interface CursorBody {
  readonly v: readonly CursorValue[];
  readonly f: string;
  readonly t: readonly [number, 0 | 1];
}

/**
 * Parses the paging parameters of a query. `scope` contains everything else that determines the list: filters, order,
 * workspace.
 * @throws DomainError BAD_REQUEST if paging styles are mixed or the cursor belongs to another list.
 */
export function parsePageRequest(query: PageQueryDto, scope: unknown): HttpPageRequest {
  const direction = query.order_dir ?? 'desc';
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([scope, direction]))
    .digest('base64url')
    .slice(0, 16);
  const base = { direction, fingerprint, cursorTotal: null } as const;
  const isPaged = query.page !== undefined || query.per_page !== undefined;
  if (query.cursor !== undefined) {
    if (isPaged || query.offset !== undefined)
      throw badRequestError({ cursor: ['cursor can be combined with limit only, not with offset, page or per_page'] });
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
      throw badRequestError({ page: ['page and per_page cannot be combined with limit and offset'] });
    const limit = query.per_page ?? 25;
    const offset = ((query.page ?? 1) - 1) * limit;
    return { ...base, limit, start: { offset }, offset };
  }
  const offset = query.offset ?? 0;
  return { ...base, limit: query.limit ?? 20, start: { offset }, offset };
}

/** The total that a client got with the previous page and sent back in its cursor, or null. */
export function cursorTotalOf(request: PageRequest): Total | null {
  return isHttpPageRequest(request) ? request.cursorTotal : null;
}

function isHttpPageRequest(request: PageRequest): request is HttpPageRequest {
  return 'fingerprint' in request;
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
    // Reported below with the same message as a cursor of another list.
  }
  throw badRequestError({
    cursor: [
      'cursor is invalid or was issued for different filters or a different order; start again without a cursor',
    ],
  });
}

/** Response of a list. */
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

/**
 * Builds the response of a list from a page.
 * @param request a request from {@link parsePageRequest}.
 * @throws Error for a page without a total.
 */
export function toListResponse<T>(request: HttpPageRequest, page: Page<T>): ListResponse<T> {
  if (page.total === null) throw new Error('The response of a list needs a total');
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
