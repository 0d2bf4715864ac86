import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createLogger, readSettings } from '@parley/kernel';
import { httpAdapter } from '@parley/kernel/http';
import { createTestDatabase, type TestDatabase } from '@parley/kernel/testing';
import { ApiModule } from '../api.module.js';

/** The API with a database of its own, without background work. It is created, but not initialized. */
export class ApiTestApp {
  private constructor(
    readonly app: NestFastifyApplication,
    private readonly database: TestDatabase,
    private readonly home: string,
  ) {}

  static async create(): Promise<ApiTestApp> {
    const database = await createTestDatabase();
    const home = await mkdtemp(join(tmpdir(), 'parley-api-'));
    const settings = readSettings({ PARLEY_HOME: home, PARLEY_WORK: '0', PARLEY_LOG_LEVEL: 'silent' });
    const logger = createLogger('silent');
    const app = await NestFactory.create<NestFastifyApplication>(
      ApiModule.forRoot({ settings, databaseUrl: database.url, logger }),
      httpAdapter(logger),
      { logger: false, abortOnError: false },
    );
    return new ApiTestApp(app, database, home);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.database.drop();
    await rm(this.home, { recursive: true, force: true });
  }
}
