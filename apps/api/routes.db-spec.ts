import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { createLogger, readSettings } from '@parley/kernel';
import { httpAdapter, installHttp, buildOpenApiDocument } from '@parley/kernel/http';
import { createTestDatabase, type TestDatabase } from '@parley/kernel/testing';
import { API_TAG_GROUPS } from './api-tags.js';
import { ApiModule } from './api.module.js';

let database: TestDatabase;
let home: string;
let app: NestFastifyApplication;
let served: Set<string>;
let documented: Set<string>;

beforeAll(async () => {
  database = await createTestDatabase();
  home = await mkdtemp(join(tmpdir(), 'parley-routes-'));
  const settings = readSettings({ PARLEY_HOME: home, PARLEY_WORK: '0', PARLEY_LOG_LEVEL: 'silent' });
  const logger = createLogger('silent');
  app = await NestFactory.create<NestFastifyApplication>(
    ApiModule.forRoot({ settings, databaseUrl: database.url, logger }),
    httpAdapter(logger),
    { logger: false, abortOnError: false },
  );
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

afterAll(async () => {
  await app?.close();
  await database?.drop();
  if (home) await rm(home, { recursive: true, force: true });
});

describe('served routes', () => {
  it('should all be documented', () => {
    expect([...served].filter((route) => !documented.has(route))).toEqual([]);
  });

  it('should include every documented route', () => {
    expect(documented.size).toBeGreaterThan(40);
    expect([...documented].filter((route) => !served.has(route))).toEqual([]);
  });
});
