import 'reflect-metadata';
import { createLogger, settingsFromEnvironment, SettingsError } from '@parley/kernel';
import { untilStopped } from '../lifetime.js';
import { startApi } from './start-api.js';

try {
  const settings = settingsFromEnvironment();
  const logger = createLogger(settings.logLevel);
  await untilStopped(logger, async (onLost) => {
    const api = await startApi(settings, logger, onLost);
    const lines = [`Parley listens on ${api.url}`, `Documentation  ${api.url}/docs`];
    if (api.firstCredentials) {
      const { email, password, api_key } = api.firstCredentials;
      lines.push(
        `Login          ${email}`,
        // Values that the operator chose are not repeated.
        `Password       ${settings.adminPassword === null ? password : 'as set in PARLEY_ADMIN_PASSWORD'}`,
        `API key        ${settings.apiKey === null ? api_key : 'as set in PARLEY_API_KEY'}`,
        `(shown only once; stored in ${api.credentialsFile})`,
      );
    } else lines.push(`Credentials    ${api.credentialsFile}`);
    process.stdout.write(`\n${lines.map((line) => `  ${line}`).join('\n')}\n\n`);
    return api;
  });
} catch (error) {
  process.stderr.write(
    `${error instanceof SettingsError ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
}
