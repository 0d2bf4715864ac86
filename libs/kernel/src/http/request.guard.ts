import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ACCESS, type Access } from '../auth/access.js';
import { AccessControl } from '../auth/access-control.service.js';
import { badRequest, DomainError } from '../errors/domain-error.js';
import { RATE_CLASS, type RateClass } from './operation.js';
import { RateLimits } from './rate-limits.service.js';
import { refuseUnread, WHAT_IS_READ, type WhatIsRead } from './unread-input.js';

/** What an operation says of itself, read off its handler once. */
interface Declared {
  readonly access: Access | undefined;
  readonly rateClass: RateClass | undefined;
  readonly read: WhatIsRead | undefined;
  readonly takesFiles: boolean;
  readonly takesVersion: boolean;
}

// Keys of what the documentation says; Nest's Swagger module does not export them.
const CONSUMES = 'swagger/apiConsumes';
const PARAMETERS = 'swagger/apiParameters';

/** The one guard of every operation: who calls, how often, and with nothing that would go unread. */
@Injectable()
export class RequestGuard implements CanActivate {
  private readonly declared = new WeakMap<object, Declared>();

  constructor(
    private readonly reflector: Reflector,
    private readonly access: AccessControl,
    private readonly limits: RateLimits,
  ) {}

  canActivate(execution: ExecutionContext): boolean | Promise<boolean> {
    const http = execution.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const declared = this.declarationOf(execution.getHandler());
    const admitted = this.access.admitCaller(request, execution, declared.access);
    return admitted ? admitted.then(() => this.count(request, reply, declared)) : this.count(request, reply, declared);
  }

  private count(
    request: FastifyRequest,
    reply: FastifyReply,
    { rateClass, read, takesFiles, takesVersion }: Declared,
  ): boolean | Promise<boolean> {
    const taken = this.limits.take(request, reply, rateClass);
    const look = (): boolean => {
      const multipart = request.isMultipart?.() === true;
      if (multipart && !takesFiles)
        throw new DomainError('UNSUPPORTED_MEDIA_TYPE', 'No files are taken here: send JSON');
      // What is in a multipart body is known only once it has been read.
      if (!multipart) refuseUnread(request, read);
      const version = request.method === 'GET' ? undefined : request.headers['if-match'];
      if (version !== undefined && version !== '*' && !takesVersion)
        throw badRequest({ 'If-Match': ['If-Match is not heeded here'] });
      return true;
    };
    return taken ? taken.then(look) : look();
  }

  private declarationOf(handler: ReturnType<ExecutionContext['getHandler']>): Declared {
    const known = this.declared.get(handler);
    if (known) return known;
    const declared: Declared = {
      access: this.reflector.get<Access | undefined>(ACCESS, handler),
      rateClass: this.reflector.get<RateClass | undefined>(RATE_CLASS, handler),
      read: this.reflector.get<WhatIsRead | undefined>(WHAT_IS_READ, handler),
      takesFiles: (this.reflector.get<string[] | undefined>(CONSUMES, handler) ?? []).includes('multipart/form-data'),
      takesVersion: (this.reflector.get<{ name?: string }[] | undefined>(PARAMETERS, handler) ?? []).some(
        ({ name }) => name === 'If-Match',
      ),
    };
    this.declared.set(handler, declared);
    return declared;
  }
}
