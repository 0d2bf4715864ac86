import fc from 'fast-check';
import { DomainError } from '../errors/domain-error.js';
import { toListResponse, parsePageRequest, type CursorValue, type HttpPageRequest } from './page.js';
import type { PageQueryDto } from './page-query.dto.js';

const SCOPE = ['contacts', 'w-1', { status: ['active'] }];

function rejected(query: PageQueryDto, scope: unknown = SCOPE): Record<string, unknown> {
  try {
    parsePageRequest(query, scope);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'BAD_REQUEST') return error.details;
    throw error;
  }
  throw new Error('the query was accepted');
}

function cursorAfter(request: HttpPageRequest, next: readonly CursorValue[], total = 150): string {
  return toListResponse(request, { items: ['x'], total: { value: total, estimate: false }, next }).meta.next_cursor!;
}

describe('parsePageRequest', () => {
  it.each<[PageQueryDto, object]>([
    [{}, { limit: 20, offset: 0, start: { offset: 0 }, direction: 'desc' }],
    [
      { limit: 5, offset: 10 },
      { limit: 5, offset: 10 },
    ],
    [{ page: 3 }, { limit: 25, offset: 50 }],
    [{ per_page: 10 }, { limit: 10, offset: 0 }],
    [
      { page: 2, per_page: 10, order_dir: 'asc' },
      { limit: 10, offset: 10, direction: 'asc' },
    ],
  ])('should parse %j', (query, request) => {
    expect(parsePageRequest(query, SCOPE)).toMatchObject(request);
  });

  it('should continue after the values of a cursor and reuse its total', () => {
    const first = parsePageRequest({ limit: 5 }, SCOPE);
    const cursor = cursorAfter(first, ['2026-01-15T10:30:00.000Z', 'id', null, 5]);
    expect(parsePageRequest({ limit: 7, cursor }, SCOPE)).toMatchObject({
      limit: 7,
      offset: null,
      start: { after: ['2026-01-15T10:30:00.000Z', 'id', null, 5] },
      cursorTotal: { value: 150, estimate: false },
    });
  });

  it('should reject a cursor of another list, order or direction', () => {
    const cursor = cursorAfter(parsePageRequest({}, SCOPE), ['a']);
    expect(rejected({ cursor }, [...SCOPE, 'other'])).toHaveProperty('cursor');
    expect(rejected({ cursor, order_dir: 'asc' })).toHaveProperty('cursor');
  });

  it('should reject mixed paging styles', () => {
    const cursor = cursorAfter(parsePageRequest({}, SCOPE), ['a']);
    for (const query of [
      { cursor, offset: 0 },
      { cursor, page: 1 },
      { cursor, per_page: 5 },
    ] as PageQueryDto[])
      expect(rejected(query)).toHaveProperty('cursor');
    for (const query of [
      { page: 1, limit: 5 },
      { per_page: 5, offset: 5 },
    ] as PageQueryDto[])
      expect(rejected(query)).toHaveProperty('page');
  });

  it('should reject every text that is not a cursor', () => {
    const { fingerprint } = parsePageRequest({}, SCOPE);
    const forged = fc.oneof(
      fc.string(),
      fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString('base64url')),
      fc.constantFrom(
        ...[
          { v: [], f: fingerprint, t: [0, 0] },
          { v: [{}], f: fingerprint, t: [0, 0] },
          { v: ['a\0b'], f: fingerprint, t: [0, 0] },
          { v: ['a'], f: fingerprint, t: ['x', 0] },
          { v: ['a'], f: fingerprint },
        ].map((body) => Buffer.from(JSON.stringify(body)).toString('base64url')),
      ),
    );
    fc.assert(fc.property(forged, (cursor) => expect(rejected({ cursor })).toHaveProperty('cursor')));
  });
});

describe('toListResponse', () => {
  it('should return the position of the page', () => {
    const request = parsePageRequest({ page: 3, per_page: 10 }, SCOPE);
    expect(toListResponse(request, { items: [1, 2], total: { value: 22, estimate: false }, next: null })).toEqual({
      data: [1, 2],
      total: 22,
      meta: {
        total: 22,
        total_count: 22,
        total_is_estimate: false,
        limit: 10,
        offset: 20,
        current_page: 3,
        per_page: 10,
        next_cursor: null,
        has_more: false,
      },
    });
  });

  it('should return null as the page number when the page was requested with a cursor', () => {
    const first = parsePageRequest({}, SCOPE);
    const second = parsePageRequest({ cursor: cursorAfter(first, ['a'], 20_000) }, SCOPE);
    expect(
      toListResponse(second, { items: [], total: { value: 20_000, estimate: true }, next: ['b'] }).meta,
    ).toMatchObject({
      offset: null,
      current_page: null,
      has_more: true,
      total_is_estimate: true,
    });
  });
});
