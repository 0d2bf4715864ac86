import { SetMetadata } from '@nestjs/common';
import type { Scope } from './scopes.js';

/**
 * Who may call an operation: anybody; anyone signed in; who has signed in in person, or with a key that may do everything (how somebody signs in is not for
 * keys that were made for less); or who holds a scope.
 */
export type Access = 'public' | 'signed-in' | 'in-person' | Scope;

/** Metadata key of {@link RequireAccess}. */
export const ACCESS = 'parley.access';

/** Says who may call an operation. One without it is refused to everybody. */
export function RequireAccess(access: Access): MethodDecorator {
  return SetMetadata(ACCESS, access);
}
