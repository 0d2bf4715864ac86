import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { installHttp, buildOpenApiDocument } from '@parley/kernel/http';
import { API_TAG_GROUPS } from './api-tags.js';
import { ApiTestApp } from './testing/api-test-app.js';

let testApp: ApiTestApp;
let app: NestFastifyApplication;
let served: Set<string>;
let documented: Set<string>;

beforeAll(async () => {
  testApp = await ApiTestApp.create();
  ({ app } = testApp);
  served = new Set();
  (app.getHttpAdapter().getInstance() as unknown as FastifyInstance).addHook('onRoute', ({ method, url }) => {
    for (const verb of [method].flat())
      if (verb !== 'HEAD' && verb !== 'OPTIONS') served.add(`${verb} ${url.replace(/:(\w+)/g, '{$1}')}`);
  });
  await installHttp(app);
  const document = buildOpenApiDocument(app, { version: '0.0.0', tagGroups: API_TAG_GROUPS });
  await app.init();
  documented = new Set(
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods as Record<string, { 'x-aliases'?: string[] }>).flatMap(([method, operation]) =>
        [path, ...(operation['x-aliases'] ?? [])].map((place) => `${method.toUpperCase()} ${place}`),
      ),
    ),
  );
});

afterAll(() => testApp?.stop());

describe('served routes', () => {
  it('should all be documented', () => {
    expect([...served].filter((route) => !documented.has(route))).toEqual([]);
  });

  it('should include every documented route', () => {
    expect(documented.size).toBeGreaterThan(40);
    expect([...documented].filter((route) => !served.has(route))).toEqual([]);
  });
});
