import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../context/request-context.js';
import { contextOf } from '../http/request-state.js';

/** Injects the principal of an operation that requires a credential. */
export const CurrentPrincipal = createParamDecorator((_data: unknown, execution: ExecutionContext): Principal => {
  return contextOf(execution.switchToHttp().getRequest<FastifyRequest>()).principal!;
});
