import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-jwt';
import type { Principal } from '../context/request-context.js';
import { contractOf } from '../http/contract.js';
import { CredentialCache } from './credential-cache.service.js';
import { JWT_SECRET } from './jwt-secret.js';

/** Claims of an access token. */
export interface AccessToken {
  /** User ID. */
  readonly sub: string;
  /** Session ID: revoking the session ends the token. */
  readonly sid: string;
}

/** Checks access tokens: signature, expiry, and that their session is active. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(
    @Inject(JWT_SECRET) secret: string,
    private readonly cache: CredentialCache,
  ) {
    super({
      jwtFromRequest: (request: unknown) =>
        contractOf(request as FastifyRequest).extractToken(request as FastifyRequest),
      secretOrKey: secret,
      algorithms: ['HS256'],
      issuer: 'parley',
    });
  }

  async validate(token: AccessToken): Promise<Principal | false> {
    return (await this.cache.bySession(token.sid)) ?? false;
  }
}
