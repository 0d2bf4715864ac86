import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import type { Principal } from '../context/request-context.js';
import { CredentialCache } from './credential-cache.service.js';
import { JWT_SECRET } from './jwt-secret.js';

/** Claims of an access token. */
export interface AccessToken {
  /** User ID. */
  readonly sub: string;
  /** Session ID. Revoking the session revokes the token. */
  readonly sid: string;
}

/** Verifies access tokens: signature, expiry, and that their session is active. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(
    @Inject(JWT_SECRET) secret: string,
    private readonly cache: CredentialCache,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromExtractors([
        ExtractJwt.fromAuthHeaderAsBearerToken(),
        ExtractJwt.fromUrlQueryParameter('access_token'),
      ]),
      secretOrKey: secret,
      algorithms: ['HS256'],
      issuer: 'parley',
    });
  }

  async validate(token: AccessToken): Promise<Principal | false> {
    return (await this.cache.bySession(token.sid)) ?? false;
  }
}
