import { Injectable, RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { RequestInterceptor } from './request.interceptor.js';

// Nest's own metadata keys; it exports neither.
const METHOD = 'method';
const INTERCEPTORS = '__interceptors__';

/**
 * Sets the request interceptor before every operation that is no GET. A global one would stand before reads as well, for
 * which it has nothing to do and which are most requests.
 */
@Injectable()
export class WriteInterceptorService {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly interceptor: RequestInterceptor,
  ) {}

  /** To be called before `app.init()`: that makes the routes, and only then runs the hooks of modules. */
  install(): void {
    for (const { instance } of this.discovery.getControllers()) {
      const prototype = Object.getPrototypeOf(instance) as Record<string, object>;
      for (const name of this.scanner.getAllMethodNames(prototype)) this.intercept(prototype[name]!);
    }
  }

  private intercept(handler: object): void {
    const method = Reflect.getMetadata(METHOD, handler) as RequestMethod | undefined;
    if (method === undefined || method === RequestMethod.GET) return;
    const others = (Reflect.getMetadata(INTERCEPTORS, handler) ?? []) as object[];
    Reflect.defineMetadata(
      INTERCEPTORS,
      [this.interceptor, ...others.filter((other) => !(other instanceof RequestInterceptor))],
      handler,
    );
  }
}
