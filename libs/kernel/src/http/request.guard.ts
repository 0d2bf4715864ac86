import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { accessOf } from '../auth/access.js';
import { badRequestError, DomainError } from '../errors/domain-error.js';
import { ACCEPTED_INPUT, rejectUnusedInput, type AcceptedInput } from './accepted-input.js';
import { contractOf } from './contract.js';
import { consumedTypesOf, documentedParametersOf } from './nest-internals.js';
import { contextOf } from './request-state.js';

/** Metadata of an operation, read from its handler once. */
interface OperationMetadata {
  readonly acceptedInput: AcceptedInput | undefined;
  readonly acceptsFiles: boolean;
  readonly acceptsVersion: boolean;
}

/**
 * Guard of every operation: input that the operation does not read. The access is checked before, by
 * `RequestAuthorizationService`; the guard rejects requests that it did not authorize.
 */
@Injectable()
export class RequestGuard implements CanActivate {
  private readonly metadataCache = new WeakMap<object, OperationMetadata>();

  constructor(private readonly reflector: Reflector) {}

  canActivate(execution: ExecutionContext): boolean {
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    assertAuthorized(request);
    const { acceptedInput, acceptsFiles, acceptsVersion } = this.metadataOf(execution.getHandler());
    const multipart = request.isMultipart?.() === true;
    if (multipart && !acceptsFiles)
      throw new DomainError('UNSUPPORTED_MEDIA_TYPE', 'This operation does not accept file uploads; send JSON');
    const { unknownFields, versioned } = contractOf(request);
    // The fields of a multipart body are known only after it is read.
    if (!multipart && unknownFields === 'reject') rejectUnusedInput(request, acceptedInput);
    const version = request.method === 'GET' ? undefined : request.headers['if-match'];
    if (versioned && version !== undefined && version !== '*' && !acceptsVersion)
      throw badRequestError({ 'If-Match': ['If-Match is not supported by this operation'] });
    return true;
  }

  private metadataOf(handler: ReturnType<ExecutionContext['getHandler']>): OperationMetadata {
    const existing = this.metadataCache.get(handler);
    if (existing) return existing;
    const metadata: OperationMetadata = {
      acceptedInput: this.reflector.get<AcceptedInput | undefined>(ACCEPTED_INPUT, handler),
      acceptsFiles: consumedTypesOf(handler).includes('multipart/form-data'),
      acceptsVersion: documentedParametersOf(handler).includes('If-Match'),
    };
    this.metadataCache.set(handler, metadata);
    return metadata;
  }
}

/** @throws DomainError FORBIDDEN if the operation declares no access, or its access was not checked. */
function assertAuthorized(request: FastifyRequest): void {
  const operation = accessOf(request);
  if (operation?.access === 'public') return;
  if (!operation || contextOf(request).principal === null)
    throw new DomainError('FORBIDDEN', 'This operation is not available');
}
