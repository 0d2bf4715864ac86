import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AccessControlService } from '../auth/access-control.service.js';
import { accessOf, type OperationAccess } from '../auth/access.js';
import { runInContext } from '../context/request-context.js';
import { RateLimiter } from './rate-limiter.service.js';
import { contextOf } from './request-state.js';

/** Checks the credential, the access and the rate limits of every request before its body is read. */
@Injectable()
export class RequestAuthorizationService {
  constructor(
    private readonly access: AccessControlService,
    private readonly limits: RateLimiter,
  ) {}

  /** Call it after `installRequestState`. */
  install(server: FastifyInstance): void {
    server.addHook('onRequest', (request, reply, done) => {
      const operation = accessOf(request);
      if (!operation) return done();
      let pending: void | Promise<void>;
      try {
        pending = runInContext(contextOf(request), () => this.authorize(request, reply, operation));
      } catch (error) {
        return done(error as Error);
      }
      if (pending) pending.then(() => done(), done);
      else done();
    });
  }

  /** @throws DomainError UNAUTHORIZED, FORBIDDEN, TOO_MANY_REQUESTS */
  private authorize(request: FastifyRequest, reply: FastifyReply, operation: OperationAccess): void | Promise<void> {
    const pendingAccess = this.access.authorize(request, reply, operation);
    return pendingAccess
      ? pendingAccess.then(() => this.limits.enforce(request, reply, operation.rateClass))
      : this.limits.enforce(request, reply, operation.rateClass);
  }
}
