import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { createLogger, NestLogger, settingsFromEnvironment, SettingsError } from '@parley/kernel';
import { openDatabase } from '../database.js';
import { untilStopped } from '../lifetime.js';
import { WorkerModule } from './worker.module.js';

try {
  const settings = { ...settingsFromEnvironment(), work: true };
  const logger = createLogger(settings.logLevel);
  await untilStopped(logger, async (onLost) => {
    const database = await openDatabase(settings, logger, onLost);
    const app = await NestFactory.createApplicationContext(
      WorkerModule.forRoot({ settings, databaseUrl: database.url, logger }),
      {
        bufferLogs: true,
        abortOnError: false,
      },
    );
    app.useLogger(new NestLogger(logger));
    process.stdout.write('\n  Parley worker started: events, timers and jobs\n\n');
    const stop = async (): Promise<void> => {
      await app.close();
      await database.stop();
    };
    return { stop };
  });
} catch (error) {
  process.stderr.write(
    `${error instanceof SettingsError ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
}
