import { RequestMethod, type ExecutionContext } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Metadata of Nest that it does not export. No other file reads it. `nest-internals.spec.ts` fails if an upgrade
 * changes it.
 */
const ROUTE_ARGUMENTS = '__routeArguments__';
const BODY_ARGUMENT = '3';
const QUERY_ARGUMENT = '4';
const METHOD = 'method';
const INTERCEPTORS = '__interceptors__';
const CONSUMED_TYPES = 'swagger/apiConsumes';
const PARAMETERS = 'swagger/apiParameters';

/** Whether a method of a controller has a `@Query()` and a `@Body()`. `controller` is the prototype. */
export function argumentsOf(controller: object, method: string | symbol): { query: boolean; body: boolean } {
  const parameters = Object.keys(
    (Reflect.getMetadata(ROUTE_ARGUMENTS, controller.constructor, method) ?? {}) as object,
  );
  const has = (kind: string): boolean => parameters.some((parameter) => parameter.startsWith(`${kind}:`));
  return { query: has(QUERY_ARGUMENT), body: has(BODY_ARGUMENT) };
}

/** The HTTP method of a handler, or undefined for a method without a route. */
export function requestMethodOf(handler: object): RequestMethod | undefined {
  return Reflect.getMetadata(METHOD, handler) as RequestMethod | undefined;
}

/** Makes an interceptor the first one of a handler. Another instance of its class is replaced. */
export function prependInterceptor(handler: object, interceptor: object): void {
  const others = ((Reflect.getMetadata(INTERCEPTORS, handler) ?? []) as object[]).filter(
    (other) => other.constructor !== interceptor.constructor,
  );
  Reflect.defineMetadata(INTERCEPTORS, [interceptor, ...others], handler);
}

/** The media types of the body that `@ApiConsumes` declares. */
export function consumedTypesOf(handler: object): readonly string[] {
  return (Reflect.getMetadata(CONSUMED_TYPES, handler) ?? []) as string[];
}

/** The names of the headers and parameters that `@ApiHeader`, `@ApiQuery` and the like declare. */
export function documentedParametersOf(handler: object): readonly (string | undefined)[] {
  return ((Reflect.getMetadata(PARAMETERS, handler) ?? []) as { name?: string }[]).map(({ name }) => name);
}

/** The context in which a guard runs, for a guard that is called before Nest handles the request. */
export function executionOf(request: FastifyRequest, reply: FastifyReply): ExecutionContext {
  return new ExecutionContextHost([request, reply]);
}
