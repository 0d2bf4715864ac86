import { Injectable, RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ACCESS, type Access } from '../auth/access.js';
import { isScope } from '../auth/scopes.js';
import { prependInterceptor, requestMethodOf } from './nest-internals.js';
import { RequestInterceptor } from './request.interceptor.js';

/**
 * Applies the request interceptor to every operation except GET. A global interceptor would also run for reads, which
 * are most requests and do not need it.
 */
@Injectable()
export class WriteInterceptorService {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly interceptor: RequestInterceptor,
  ) {}

  /** Call it before `app.init()`, which creates the routes before it runs the hooks of modules. */
  install(): void {
    for (const { instance } of this.discovery.getControllers()) {
      const prototype = Object.getPrototypeOf(instance) as Record<string, object>;
      for (const name of this.scanner.getAllMethodNames(prototype)) {
        assertScopeExists(prototype[name]!, `${instance.constructor.name}.${name}`);
        this.intercept(prototype[name]!);
      }
    }
  }

  private intercept(handler: object): void {
    const method = requestMethodOf(handler);
    if (method !== undefined && method !== RequestMethod.GET) prependInterceptor(handler, this.interceptor);
  }
}

/** @throws Error when an operation requires a scope that no loaded domain declares. */
function assertScopeExists(handler: object, location: string): void {
  const access = Reflect.getMetadata(ACCESS, handler) as Access | undefined;
  if (access?.includes(':') && !isScope(access)) {
    throw new Error(`${location} requires the scope ${access}, which is not declared with declareScopes`);
  }
}
