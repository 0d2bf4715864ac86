import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ACCESS, LIVE_ONLY, type Access, type OperationAccess } from '../auth/access.js';
import { AccessControlService } from '../auth/access-control.service.js';
import { badRequestError, DomainError } from '../errors/domain-error.js';
import { contractOf } from './contract.js';
import { consumedTypesOf, documentedParametersOf } from './nest-internals.js';
import { RATE_CLASS } from './operation.js';
import type { RateClass } from './rate-class.js';
import { RateLimiter } from './rate-limiter.service.js';
import { rejectUnusedInput, ACCEPTED_INPUT, type AcceptedInput } from './accepted-input.js';

/** Metadata of an operation, read from its handler once. */
interface OperationMetadata extends OperationAccess {
  readonly rateClass: RateClass | undefined;
  readonly acceptedInput: AcceptedInput | undefined;
  readonly acceptsFiles: boolean;
  readonly acceptsVersion: boolean;
}

/** Guard of every operation: access, rate limits, and input that the operation does not read. */
@Injectable()
export class RequestGuard implements CanActivate {
  private readonly metadataCache = new WeakMap<object, OperationMetadata>();

  constructor(
    private readonly reflector: Reflector,
    private readonly access: AccessControlService,
    private readonly limits: RateLimiter,
  ) {}

  canActivate(execution: ExecutionContext): boolean | Promise<boolean> {
    const http = execution.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const metadata = this.metadataOf(execution.getHandler());
    const pendingAccess = this.access.authorize(request, execution, metadata);
    return pendingAccess
      ? pendingAccess.then(() => this.enforceLimits(request, reply, metadata))
      : this.enforceLimits(request, reply, metadata);
  }

  private enforceLimits(
    request: FastifyRequest,
    reply: FastifyReply,
    { rateClass, acceptedInput, acceptsFiles, acceptsVersion }: OperationMetadata,
  ): boolean | Promise<boolean> {
    const pendingLimits = this.limits.enforce(request, reply, rateClass);
    const checkInput = (): boolean => {
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
    };
    return pendingLimits ? pendingLimits.then(checkInput) : checkInput();
  }

  private metadataOf(handler: ReturnType<ExecutionContext['getHandler']>): OperationMetadata {
    const existing = this.metadataCache.get(handler);
    if (existing) return existing;
    const metadata: OperationMetadata = {
      access: this.reflector.get<Access | undefined>(ACCESS, handler),
      isLiveOnly: this.reflector.get<boolean | undefined>(LIVE_ONLY, handler) ?? false,
      rateClass: this.reflector.get<RateClass | undefined>(RATE_CLASS, handler),
      acceptedInput: this.reflector.get<AcceptedInput | undefined>(ACCEPTED_INPUT, handler),
      acceptsFiles: consumedTypesOf(handler).includes('multipart/form-data'),
      acceptsVersion: documentedParametersOf(handler).includes('If-Match'),
    };
    this.metadataCache.set(handler, metadata);
    return metadata;
  }
}
