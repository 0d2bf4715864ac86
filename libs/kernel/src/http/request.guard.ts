import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ACCESS, type Access } from '../auth/access.js';
import { AccessControl } from '../auth/access-control.service.js';
import { RATE_CLASS, type RateClass } from './operation.js';
import { RateLimits } from './rate-limits.service.js';
import { refuseUnread, WHAT_IS_READ, type WhatIsRead } from './unread-input.js';

/** What an operation says of itself, read off its handler once. */
interface Declared {
  readonly access: Access | undefined;
  readonly rateClass: RateClass | undefined;
  readonly read: WhatIsRead | undefined;
}

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

  private count(request: FastifyRequest, reply: FastifyReply, { rateClass, read }: Declared): boolean | Promise<boolean> {
    const taken = this.limits.take(request, reply, rateClass);
    const look = (): boolean => {
      // What is in a multipart body is known only once it has been read.
      if (request.isMultipart?.() !== true) refuseUnread(request, read);
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
    };
    this.declared.set(handler, declared);
    return declared;
  }
}
