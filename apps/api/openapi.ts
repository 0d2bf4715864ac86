import { readFileSync } from 'node:fs';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { buildOpenApiDocument } from '@parley/kernel/http';
import { API_TAG_GROUPS } from './api-tags.js';

const PACKAGE = new URL('../../../package.json', import.meta.url);

/** Serves the OpenAPI document of the native contract at `/openapi.json` and Swagger UI at `/docs`. */
export function serveDocumentation(app: NestFastifyApplication): OpenAPIObject {
  const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string };
  const document = buildOpenApiDocument(app, { version, tagGroups: API_TAG_GROUPS });
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'Parley API',
    swaggerOptions: {
      persistAuthorization: true,
      deepLinking: true,
      displayRequestDuration: true,
      docExpansion: 'none',
      filter: true,
      tagsSorter: undefined,
      tryItOutEnabled: true,
    },
  });
  // The root URL leads users of a browser to the documentation.
  (app.getHttpAdapter().getInstance() as unknown as FastifyInstance).get('/', (_request, reply) =>
    reply.redirect('/docs'),
  );
  return document;
}
