import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '../context/request-context.js';
import { DomainError } from '../errors/domain-error.js';
import { contractOf } from '../http/contract.js';
import { executionOf } from '../http/nest-internals.js';
import { contextOf } from '../http/request-state.js';
import type { OperationAccess } from './access.js';
import { CredentialCache } from './credential-cache.service.js';
import { Credentials } from './credentials.js';
import { JwtGuard, unauthorizedError } from './jwt.guard.js';
import { findMissingScope } from './scopes.js';

function isApiKey(token: string): boolean {
  return token.startsWith('sk_');
}

/** Authenticates the caller and checks the access. Everything after it can rely on `context.principal`. */
@Injectable()
export class AccessControlService {
  constructor(
    private readonly cache: CredentialCache,
    private readonly credentials: Credentials,
    private readonly jwt: JwtGuard,
  ) {}

  /**
   * Authorizes a request; synchronously if the credential is cached.
   * @throws DomainError UNAUTHORIZED, FORBIDDEN
   */
  authorize(request: FastifyRequest, reply: FastifyReply, operation: OperationAccess): void | Promise<void> {
    if (operation.access === 'public') return;
    const authenticated = this.authenticate(request, reply);
    return authenticated instanceof Promise
      ? authenticated.then((principal) => this.checkAccess(request, principal, operation))
      : this.checkAccess(request, authenticated, operation);
  }

  /** The current principal of an earlier request, for work that outlives its start; null if it is no longer valid. */
  async findStillValid(request: FastifyRequest, { credentialId }: Principal): Promise<Principal | null> {
    const token = contractOf(request).extractToken(request);
    const isKey = token !== null && isApiKey(token);
    return isKey ? this.cache.byKey(token) : this.cache.bySession(credentialId);
  }

  private authenticate(request: FastifyRequest, reply: FastifyReply): Principal | null | Promise<Principal | null> {
    const contract = contractOf(request);
    const token = contract.extractToken(request);
    if (token === null) throw contract.missingToken();
    return isApiKey(token) ? this.cache.byKey(token) : this.authenticateToken(request, reply);
  }

  private async authenticateToken(request: FastifyRequest, reply: FastifyReply): Promise<Principal> {
    await this.jwt.canActivate(executionOf(request, reply));
    return (request as FastifyRequest & { user: Principal }).user;
  }

  private checkAccess(
    request: FastifyRequest,
    principal: Principal | null,
    { access, isLiveOnly }: OperationAccess,
  ): void {
    if (!principal) throw unauthorizedError('The API key is not valid, has expired or was revoked');
    const context = contextOf(request);
    context.principal = principal;
    context.scope = principal.workspaceId;
    this.credentials.recordUse(principal, request.ip);
    if (isLiveOnly && principal.testKeyOwner)
      throw new DomainError('FORBIDDEN', 'Not available for test keys: use an access token or a live key');
    if (access === 'signed-in' || access === 'public') return;
    if (access === 'in-person') {
      if (isApiKey(contractOf(request).extractToken(request) ?? '') && !principal.scopes.has('*'))
        throw new DomainError('FORBIDDEN', 'Requires an access token, or an API key with the scope *', {
          requiredScope: '*',
        });
      return;
    }
    const missing = findMissingScope(principal.scopes, access);
    if (missing !== null)
      throw new DomainError('FORBIDDEN', `Requires the scope ${missing}`, { requiredScope: missing });
  }
}
