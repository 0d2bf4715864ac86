import { Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { DomainError } from '../errors/domain-error.js';

/** Passport's guard for access tokens, with the errors of this API. */
@Injectable()
export class JwtGuard extends AuthGuard('jwt') {
  override handleRequest<P>(error: unknown, principal: P | false): P {
    if (error) throw error;
    if (!principal) throw unauthorizedError('The access token is not valid, has expired or was revoked');
    return principal;
  }
}

/** Error for a request without a valid credential. */
export function unauthorizedError(message: string): DomainError {
  return new DomainError('UNAUTHORIZED', message);
}
