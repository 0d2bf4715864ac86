import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { badRequestError, DomainError } from '../errors/domain-error.js';
import { toResponse, type ItemResponse } from './item-response.js';

const readIfMatch = createParamDecorator((_data: unknown, execution: ExecutionContext): number | null => {
  const header = execution.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  if (header === undefined || header === '*') return null;
  const match = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim());
  if (!match) throw badRequestError({ 'If-Match': ['If-Match must be an ETag that this API gave out, such as "3"'] });
  return Number(match[1]);
});

/** The version that the caller has seen (`If-Match`), or null when it does not say. */
export function IfMatch(): ParameterDecorator {
  const param = readIfMatch();
  return (target, key, index) => {
    param(target, key, index);
    const descriptor = Object.getOwnPropertyDescriptor(target, key!)!;
    ApiHeader({
      name: 'If-Match',
      required: false,
      description:
        '`ETag` of the object as you know it. When it has changed since, the answer is 412 with the object as it is now.',
      schema: { type: 'string' },
    })(target, key!, descriptor);
  };
}

/**
 * Refuses a change that was made on an older version.
 * @throws DomainError PRECONDITION_FAILED with the object as it is now.
 */
export function assertVersion(expected: number | null, actual: number, current: () => unknown): void {
  if (expected === null || expected === actual) return;
  throw new DomainError('PRECONDITION_FAILED', `The object has changed: it is at version ${actual}, not ${expected}`, {
    current: current(),
  });
}

/** Puts the object of a change on the wire: the one that it has become or, with a 412, the one that it is now. */
export async function toUpdateResponse<View, Dto>(
  update: Promise<View>,
  toDto: (view: View) => Dto,
): Promise<ItemResponse<Dto>> {
  try {
    return toResponse(toDto(await update));
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'PRECONDITION_FAILED')) throw error;
    throw new DomainError(error.code, error.message, {
      ...error.details,
      current: toDto(error.details.current as View),
    });
  }
}
