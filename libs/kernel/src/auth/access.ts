import { SetMetadata } from '@nestjs/common';
import type { Scope } from './scopes.js';

/** Who may call an operation: anybody, anyone signed in, or who holds a scope. */
export type Access = 'public' | 'signed-in' | Scope;

/** Metadata key of {@link NeedsAccess}. */
export const ACCESS = 'parley.access';

/** Says who may call an operation. One without it is refused to everybody. */
export function NeedsAccess(access: Access): MethodDecorator {
  return SetMetadata(ACCESS, access);
}
