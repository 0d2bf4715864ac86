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

/** passport's guard for access tokens, told to answer in our words. */
@Injectable()
export class JwtGuard extends AuthGuard('jwt') {
  override handleRequest<P>(error: unknown, principal: P | false): P {
    if (error) throw error;
    if (!principal) throw unauthorizedError('The access token is not valid, has expired or was revoked');
    return principal;
  }
}

function unauthorizedError(message: string): DomainError {
  return new DomainError('UNAUTHORIZED', message);
}

function isApiKey(token: string | undefined): boolean {
  return token?.startsWith('sk_') === true;
}

/** Finds out who calls, and whether they may. Everything after it can rely on `context.principal`. */
@Injectable()
export class AccessControlService {
  constructor(
    private readonly cache: CredentialCache,
    private readonly credentials: Credentials,
    private readonly jwt: JwtGuard,
  ) {}

  /**
   * Lets the caller in; at once where the credential is known.
   * @throws DomainError UNAUTHORIZED, FORBIDDEN
   */
  authorize(request: FastifyRequest, execution: ExecutionContext, access: Access | undefined): void | Promise<void> {
    if (access === 'public') return;
    const authenticated = this.authenticate(request, execution);
    return authenticated instanceof Promise
      ? authenticated.then((principal) => this.checkAccess(request, principal, access))
      : this.checkAccess(request, authenticated, access);
  }

  /** Whether a credential that was good still is; for work that outlives its request's beginning. */
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
      // EventSource cannot set headers: streams take an access token in the query.
      if ((request.query as Record<string, unknown>)?.access_token) return this.authenticateToken(request, execution);
      throw unauthorizedError('Send an API key or access token as "Authorization: Bearer …"');
    }
    const [scheme, token, ...rest] = authorization.split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0)
      throw unauthorizedError('The Authorization header must read "Bearer <token>"');
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
    if (!principal) throw unauthorizedError('The API key is not valid, has expired or was revoked');
    const context = contextOf(request);
    context.principal = principal;
    context.scope = principal.workspaceId;
    this.credentials.recordUse(principal, request.ip);
    if (access === 'signed-in') return;
    if (access === 'in-person') {
      if (isApiKey(request.headers.authorization?.split(' ')[1]) && !principal.scopes.has('*'))
        throw new DomainError('FORBIDDEN', 'This needs signing in, or a key with the scope *', { required_scope: '*' });
      return;
    }
    if (access === undefined || !hasScope(principal.scopes, access)) {
      throw new DomainError('FORBIDDEN', `This needs the scope ${access ?? '(none given)'}`, {
        required_scope: access ?? null,
      });
    }
  }
}
