import { applyDecorators, SetMetadata } from '@nestjs/common';
import type { Scope } from './scopes.js';

/**
 * Access rule of an operation: everyone; every authenticated caller; an access token or an API key with all scopes,
 * because keys with fewer scopes must not change how their user signs in; or a scope.
 */
export type Access = 'public' | 'signed-in' | 'in-person' | Scope;

/** Metadata key of {@link RequireAccess}. */
export const ACCESS = 'parley.access';

/** Metadata key of operations that reject test keys. */
export const LIVE_ONLY = 'parley.live-only';

/** Access rule of an operation, as the guard reads it. */
export interface OperationAccess {
  /** Undefined if the operation declares none. */
  readonly access: Access | undefined;
  /** True if test keys are rejected. */
  readonly isLiveOnly: boolean;
}

/** Declares the access rule of an operation. Operations without one reject all requests. */
export function RequireAccess(access: Access, { isLiveOnly = false } = {}): MethodDecorator {
  return applyDecorators(SetMetadata(ACCESS, access), SetMetadata(LIVE_ONLY, isLiveOnly));
}
