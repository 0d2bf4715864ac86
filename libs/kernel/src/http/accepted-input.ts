import { SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { badRequestError } from '../errors/domain-error.js';
import { uploadsOf } from './uploads.js';

/** Parts of a request that an operation reads. */
export interface AcceptedInput {
  readonly query: boolean;
  readonly body: boolean;
}

/** Metadata key of {@link RecordAcceptedInput}. */
export const ACCEPTED_INPUT = 'parley.accepted-input';

// Metadata key of Nest for the parameters of a handler, and its numbers for @Body() and @Query(). Nest exports neither.
const ROUTE_ARGUMENTS = '__routeArguments__';
const BODY = '3';
const QUERY = '4';

/** Records if the operation has a `@Query()` and a `@Body()`. */
export function RecordAcceptedInput(): MethodDecorator {
  return (target, key, descriptor) => {
    const parameters = Object.keys((Reflect.getMetadata(ROUTE_ARGUMENTS, target.constructor, key) ?? {}) as object);
    const accepts = (kind: string): boolean => parameters.some((parameter) => parameter.startsWith(`${kind}:`));
    SetMetadata(ACCEPTED_INPUT, { query: accepts(QUERY), body: accepts(BODY) } satisfies AcceptedInput)(
      target,
      key,
      descriptor,
    );
  };
}

/**
 * Rejects a query or body that the operation does not read. Like any unknown field, it is a mistake of the caller.
 * @throws DomainError BAD_REQUEST with every field.
 */
export function rejectUnusedInput(request: FastifyRequest, accepted: AcceptedInput | undefined): void {
  if (!accepted || (accepted.query && accepted.body)) return;
  const unused = [
    ...(accepted.query ? [] : Object.keys((request.query ?? {}) as object)),
    ...(accepted.body
      ? []
      : [...Object.keys((request.body ?? {}) as object), ...uploadsOf(request).map(({ field }) => field)]),
  ];
  if (unused.length > 0)
    throw badRequestError(Object.fromEntries(unused.map((name) => [name, [`${name} is not a known field`]])));
}
