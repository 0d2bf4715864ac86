import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { badRequestError, DomainError } from '../errors/domain-error.js';
import { toResponse, type ItemResponse } from './item-response.js';

const readIfMatch = createParamDecorator((_data: unknown, execution: ExecutionContext): number | null => {
  const header = execution.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  if (header === undefined || header === '*') return null;
  const match = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim());
  if (!match) throw badRequestError({ 'If-Match': ['If-Match must be an ETag of this API, such as "3"'] });
  return Number(match[1]);
});

/** The version in the caller's `If-Match` header, or null if there is none. */
export function IfMatch(): ParameterDecorator {
  const param = readIfMatch();
  return (target, key, index) => {
    param(target, key, index);
    const descriptor = Object.getOwnPropertyDescriptor(target, key!)!;
    ApiHeader({
      name: 'If-Match',
      required: false,
      description:
        '`ETag` of the version that you read. If the object was changed since, the response is 412 with the ' +
        'current object in `details.current`.',
      schema: { type: 'string' },
    })(target, key!, descriptor);
  };
}

/**
 * Rejects a change that is based on an older version.
 * @throws DomainError PRECONDITION_FAILED with the current object.
 */
export function assertVersion(expected: number | null, actual: number, current: () => unknown): void {
  if (expected === null || expected === actual) return;
  throw new DomainError(
    'PRECONDITION_FAILED',
    `The object was changed: its version is ${actual}, not ${expected}. Read it again and retry.`,
    {
      current: current(),
    },
  );
}

/** Maps the result of an update to its wire format: the updated object or, for a 412, the current one. */
export async function toUpdateResponse<View, Dto>(
  update: Promise<View>,
  toDto: (view: View) => Dto | Promise<Dto>,
): Promise<ItemResponse<Dto>> {
  try {
    return toResponse(await toDto(await update));
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'PRECONDITION_FAILED')) throw error;
    throw new DomainError(error.code, error.message, {
      ...error.details,
      current: await toDto(error.details.current as View),
    });
  }
}
