import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { NestLogger, type Settings } from '@parley/kernel';
import { httpAdapter, installHttp } from '@parley/kernel/http';
import { FirstWorkspaceService, type FirstCredentials } from '@parley/teams';
import type { Logger } from 'pino';
import { openDatabase } from '../database.js';
import { checkPort } from '../start-checks.js';
import { ApiModule } from './api.module.js';
import { canonicalUrl } from './campfire-urls.js';
import { serveDocumentation } from './documentation.js';

/** A running API server. */
export interface RunningApi {
  /** URL of the server, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly document: OpenAPIObject;
  /** Credentials of the first workspace if this start created it, else null. */
  readonly firstCredentials: FirstCredentials | null;
  /** Path of the file with the credentials of the first admin. */
  readonly credentialsFile: string;
  /** Waits for requests in progress, then closes the connection pool and the database. */
  stop(): Promise<void>;
}

/**
 * Starts the whole service: database, migrations, application, first workspace, HTTP port.
 * @throws Error if any step fails. Everything that was started is stopped again.
 */
export async function startApi(settings: Settings, logger: Logger, onLost: () => void): Promise<RunningApi> {
  await checkPort(settings);
  const database = await openDatabase(settings, logger, onLost);
  let app: NestFastifyApplication | null = null;
  try {
    app = await NestFactory.create<NestFastifyApplication>(
      ApiModule.forRoot({ settings, databaseUrl: database.url, logger }),
      httpAdapter(logger, canonicalUrl, settings.trustProxy),
      {
        bufferLogs: true,
        abortOnError: false,
      },
    );
    app.useLogger(new NestLogger(logger));
    await installHttp(app);
    const document = await serveDocumentation(app);
    const first = app.get(FirstWorkspaceService);
    await app.init();
    const firstCredentials = await first.createIfMissing();
    await app.listen(settings.port, settings.host);
    const running = app;
    const stop = async (): Promise<void> => {
      await running.close();
      await database.stop();
    };
    return { url: await app.getUrl(), document, firstCredentials, credentialsFile: first.credentialsFile, stop };
  } catch (error) {
    await app?.close().catch(() => undefined);
    await database.stop();
    throw error;
  }
}
