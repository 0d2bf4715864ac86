import { SetMetadata } from '@nestjs/common';
import type { Scope } from './scopes.js';

/**
 * Access rule of an operation: everyone; every authenticated caller; an access token or an API key with all scopes,
 * because keys with fewer scopes must not change how their user signs in; or a scope.
 */
export type Access = 'public' | 'signed-in' | 'in-person' | Scope;

/** Metadata key of {@link RequireAccess}. */
export const ACCESS = 'parley.access';

/** Declares the access rule of an operation. Operations without one reject all requests. */
export function RequireAccess(access: Access): MethodDecorator {
  return SetMetadata(ACCESS, access);
}
