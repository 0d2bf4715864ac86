import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import type { Principal } from '../context/request-context.js';
import { CredentialCache } from './credential-cache.service.js';
import { JWT_SECRET } from './jwt-secret.js';

/** What an access token says. */
export interface AccessToken {
  /** User id. */
  readonly sub: string;
  /** Session id: revoking the session ends the token. */
  readonly sid: string;
}

/** Checks access tokens: signature, expiry, and that their session still stands. */
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
