import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import compress from '@fastify/compress';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { buildOpenApiDocument } from '@parley/kernel/http';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { API_TAG_GROUPS } from './api-tags.js';
import { toOpenApi30 } from './openapi-3-0.js';
import { operationFilterPlugin } from './operation-filter-plugin.js';

const PACKAGE = new URL('../../../package.json', import.meta.url);
const DOCUMENTATION = /^\/(docs|openapi\.)/;

/**
 * Serves the OpenAPI 3.1 document of the native contract at `/openapi.json` and `/openapi.yaml`, and Swagger UI with a
 * 3.0 rendering of it at `/docs`. Responses are compressed and have an `ETag`.
 */
export async function serveDocumentation(app: NestFastifyApplication): Promise<OpenAPIObject> {
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  server.addHook('onRoute', prepareRoute);
  await server.register(compress as never, { global: false });
  const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string };
  const document = buildOpenApiDocument(app, { version, tagGroups: API_TAG_GROUPS });
  // Converted when the page is first opened.
  SwaggerModule.setup('docs', app, () => toOpenApi30(document as never) as never, {
    raw: false,
    customSiteTitle: 'Parley API',
    swaggerOptions: {
      persistAuthorization: true,
      deepLinking: true,
      displayRequestDuration: true,
      docExpansion: 'none',
      filter: true,
      tryItOutEnabled: true,
      plugins: [operationFilterPlugin],
    },
  });
  SwaggerModule.setup('openapi', app, document, {
    swaggerUiEnabled: false,
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
  });
  // The root URL leads users of a browser to the documentation.
  server.get('/', (_request, reply) => reply.redirect('/docs'));
  return document;
}

function prepareRoute(route: RouteOptions): void {
  if (!DOCUMENTATION.test(route.url)) return;
  route.compress = { threshold: 1024, customTypes: /^(text|application)\// };
  route.onSend = [[route.onSend ?? []].flat(), addCacheHeaders].flat();
}

/** Lets browsers keep the page and asks them to check it, and forbids other sites to frame it. */
async function addCacheHeaders(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  void reply.header('x-frame-options', 'DENY').header('content-security-policy', "frame-ancestors 'none'");
  if (typeof payload !== 'string' || reply.statusCode !== 200) return payload;
  const tag = `"${createHash('sha256').update(payload).digest('base64url').slice(0, 27)}"`;
  void reply.header('etag', tag).header('cache-control', 'no-cache');
  if (!request.headers['if-none-match']?.includes(tag)) return payload;
  void reply.code(304);
  return null;
}
