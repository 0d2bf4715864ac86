import { applyDecorators, SetMetadata } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import type { RateClass } from '../http/rate-class.js';
import type { Scope } from './scopes.js';

/**
 * Access rule of an operation: everyone; every authenticated caller; an access token or an API key with all scopes,
 * because keys with fewer scopes must not change how their user signs in; or a scope.
 */
export type Access = 'public' | 'signed-in' | 'in-person' | Scope;

/** Metadata key of {@link RequireAccess}. */
export const ACCESS = 'parley.access';

/** Who can call an operation and how often. Part of the route, so that it is known before the body is read. */
export interface OperationAccess {
  readonly access: Access;
  /** True if test keys are rejected. */
  readonly isLiveOnly: boolean;
  readonly rateClass: RateClass | undefined;
}

/** Declares the access rule of an operation. Operations without one reject all requests. */
export function RequireAccess(
  access: Access,
  { isLiveOnly = false, rateClass }: Partial<Omit<OperationAccess, 'access'>> = {},
): MethodDecorator {
  const operationAccess: OperationAccess = { access, isLiveOnly, rateClass };
  return applyDecorators(SetMetadata(ACCESS, access), RouteConfig({ operationAccess }));
}

/** The access rule of the route of a request; undefined for routes outside of controllers and unknown paths. */
export function accessOf(request: FastifyRequest): OperationAccess | undefined {
  const { operationAccess } = request.routeOptions.config as { operationAccess?: OperationAccess };
  return operationAccess;
}
