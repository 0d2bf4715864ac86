import { SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { badRequestError } from '../errors/domain-error.js';
import { argumentsOf } from './nest-internals.js';
import { uploadsOf } from './uploads.js';
import { shortenField } from './body-limits.js';
import { MAX_LISTED_FIELDS } from './validation.js';

/** Parts of a request that an operation reads. */
export interface AcceptedInput {
  readonly query: boolean;
  readonly body: boolean;
}

/** Metadata key of {@link RecordAcceptedInput}. */
export const ACCEPTED_INPUT = 'parley.accepted-input';

/** Records if the operation has a `@Query()` and a `@Body()`. */
export function RecordAcceptedInput(): MethodDecorator {
  return (target, key, descriptor) => {
    SetMetadata(ACCEPTED_INPUT, argumentsOf(target, key) satisfies AcceptedInput)(target, key, descriptor);
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
  const names = unused.slice(0, MAX_LISTED_FIELDS).map(shortenField);
  if (names.length > 0)
    throw badRequestError(Object.fromEntries(names.map((name) => [name, [`${name} is not a known field`]])));
}
