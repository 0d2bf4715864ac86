import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { exitWithNpm } from './exit-with-npm.mjs';
import { buildIfStale } from './build.mjs';
import { installIfNeeded } from './install.mjs';

/** Writes the OpenAPI document of the native API to openapi.json, from a temporary server. */
const FILE = fileURLToPath(new URL('../openapi.json', import.meta.url));

exitWithNpm();
let api = null;
const home = await mkdtemp(path.join(tmpdir(), 'parley-openapi-'));
try {
  // The Postgres of root runs as another account, which must be able to traverse the directory.
  await chmod(home, 0o711);
  await installIfNeeded();
  await buildIfStale();
  const { createLogger, readSettings } = await import('../dist/libs/kernel/src/index.js');
  const { startApi } = await import('../dist/apps/api/start-api.js');
  const settings = readSettings({
    PORT: '0',
    PARLEY_HOME: path.join(home, 'parley'),
    PARLEY_LOG_LEVEL: 'warn',
    PARLEY_WORK: '0',
  });
  api = await startApi(settings, createLogger(settings.logLevel), () => process.exit(1));
  const document = await (await fetch(`${api.url}/openapi.json`)).json();
  await writeFile(FILE, `${JSON.stringify(document, null, 1)}\n`);
  console.log(`openapi.json: ${Object.keys(document.paths).length} paths`);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await api?.stop();
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
}
