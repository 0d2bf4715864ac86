import { SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { badRequest } from '../errors/domain-error.js';
import { uploadsOf } from './uploads.js';

/** Which parts of a request an operation reads. */
export interface WhatIsRead {
  readonly query: boolean;
  readonly body: boolean;
}

/** Metadata key of {@link NoteWhatIsRead}. */
export const WHAT_IS_READ = 'parley.what-is-read';

// Nest's own key for the parameters of a handler, and its numbers for @Body() and @Query(); it exports neither.
const ROUTE_ARGUMENTS = '__routeArguments__';
const BODY = '3';
const QUERY = '4';

/** Notes whether the operation has a `@Query()` and a `@Body()`. */
export function NoteWhatIsRead(): MethodDecorator {
  return (target, key, descriptor) => {
    const parameters = Object.keys((Reflect.getMetadata(ROUTE_ARGUMENTS, target.constructor, key) ?? {}) as object);
    const reads = (kind: string): boolean => parameters.some((parameter) => parameter.startsWith(`${kind}:`));
    SetMetadata(WHAT_IS_READ, { query: reads(QUERY), body: reads(BODY) } satisfies WhatIsRead)(target, key, descriptor);
  };
}

/**
 * Refuses a query or body that the operation would not even look at: like any unknown field it is a mistake of the caller's.
 * @throws DomainError BAD_REQUEST naming each field.
 */
export function refuseUnread(request: FastifyRequest, read: WhatIsRead | undefined): void {
  if (!read || (read.query && read.body)) return;
  const unread = [
    ...(read.query ? [] : Object.keys((request.query ?? {}) as object)),
    ...(read.body
      ? []
      : [...Object.keys((request.body ?? {}) as object), ...uploadsOf(request).map(({ field }) => field)]),
  ];
  if (unread.length > 0)
    throw badRequest(Object.fromEntries(unread.map((name) => [name, [`${name} is not a known field`]])));
}
