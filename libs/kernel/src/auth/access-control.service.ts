import { Injectable, type ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../context/request-context.js';
import { DomainError } from '../errors/domain-error.js';
import { contextOf } from '../http/request-state.js';
import type { Access } from './access.js';
import { CredentialCache } from './credential-cache.service.js';
import { Credentials } from './credentials.js';
import { hasScope } from './scopes.js';

/** Guard for access tokens that reports failures as a DomainError. */
@Injectable()
export class JwtGuard extends AuthGuard('jwt') {
  override handleRequest<P>(error: unknown, principal: P | false): P {
    if (error) throw error;
    if (!principal) throw unauthorizedError('The access token is invalid, expired or revoked');
    return principal;
  }
}

function unauthorizedError(message: string): DomainError {
  return new DomainError('UNAUTHORIZED', message);
}

function isApiKey(token: string | undefined): boolean {
  return token?.startsWith('sk_') === true;
}

/** Authenticates and authorizes requests. Sets `context.principal`, which later code can rely on. */
@Injectable()
export class AccessControlService {
  constructor(
    private readonly cache: CredentialCache,
    private readonly credentials: Credentials,
    private readonly jwt: JwtGuard,
  ) {}

  /**
   * Authenticates and authorizes a request. Synchronous if the credential is cached.
   * @throws DomainError UNAUTHORIZED, FORBIDDEN
   */
  authorize(request: FastifyRequest, execution: ExecutionContext, access: Access | undefined): void | Promise<void> {
    if (access === 'public') return;
    const authenticated = this.authenticate(request, execution);
    return authenticated instanceof Promise
      ? authenticated.then((principal) => this.checkAccess(request, principal, access))
      : this.checkAccess(request, authenticated, access);
  }

  /** Returns true if the credential of a request is still valid. For work that outlives the start of its request. */
  async isStillValid(request: FastifyRequest, { credentialId }: Principal): Promise<boolean> {
    const token = request.headers.authorization?.split(' ')[1];
    return (
      (await (token !== undefined && isApiKey(token)
        ? this.cache.byKey(token)
        : this.cache.bySession(credentialId))) !== null
    );
  }

  private authenticate(
    request: FastifyRequest,
    execution: ExecutionContext,
  ): Principal | null | Promise<Principal | null> {
    const { authorization } = request.headers;
    if (authorization === undefined) {
      // EventSource cannot set headers, so streams accept an access token in the query.
      if ((request.query as Record<string, unknown>)?.access_token) return this.authenticateToken(request, execution);
      throw unauthorizedError('Send an API key or access token as "Authorization: Bearer …"');
    }
    const [scheme, token, ...rest] = authorization.split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0)
      throw unauthorizedError('The Authorization header must have the form "Bearer <token>"');
    return isApiKey(token) ? this.cache.byKey(token) : this.authenticateToken(request, execution);
  }

  private async authenticateToken(request: FastifyRequest, execution: ExecutionContext): Promise<Principal> {
    await this.jwt.canActivate(execution);
    return (request as FastifyRequest & { user: Principal }).user;
  }

  private checkAccess(
    request: FastifyRequest,
    principal: Principal | null,
    access: Exclude<Access, 'public'> | undefined,
  ): void {
    if (!principal) throw unauthorizedError('The API key is invalid, expired or revoked');
    const context = contextOf(request);
    context.principal = principal;
    context.scope = principal.workspaceId;
    this.credentials.recordUse(principal, request.ip);
    if (access === 'signed-in') return;
    if (access === 'in-person') {
      if (isApiKey(request.headers.authorization?.split(' ')[1]) && !principal.scopes.has('*'))
        throw new DomainError('FORBIDDEN', 'Requires an access token or an API key with the scope *', {
          required_scope: '*',
        });
      return;
    }
    if (access === undefined || !hasScope(principal.scopes, access)) {
      throw new DomainError('FORBIDDEN', `Requires the scope ${access ?? '(none given)'}`, {
        required_scope: access ?? null,
      });
    }
  }
}
