import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { exitWithNpm } from './exit-with-npm.mjs';
import { buildIfStale } from './build.mjs';
import { installIfNeeded } from './install.mjs';
import { root } from './swc-options.mjs';

/**
 * Fills a workspace of a running server with example content, through the API. The server and the key are those of
 * PARLEY_HOME/credentials.json, or the options --url and --key.
 */
const USAGE = 'Usage: npm run seed -- [--url http://127.0.0.1:3000] [--key sk_live_…]';

exitWithNpm();
try {
  const { url, key } = readTarget();
  await installIfNeeded();
  await buildIfStale();
  const { seed } = await import('../dist/apps/seed/seed.js');
  await seed({ url, key, onProgress: (line) => console.log(line) });
} catch (error) {
  console.error(error.cause?.code === 'ECONNREFUSED' ? 'The server does not run. Start it: npm start' : error.message);
  process.exitCode = 1;
}

function readTarget() {
  const { values } = parseArgs({ options: { url: { type: 'string' }, key: { type: 'string' } } });
  if (values.url && values.key) return values;
  const settingsFile = path.join(root, '.env');
  if (existsSync(settingsFile)) process.loadEnvFile(settingsFile);
  const file = path.resolve(root, process.env.PARLEY_HOME ?? '.parley', 'credentials.json');
  if (!existsSync(file))
    throw new Error(`${file} does not exist. Start the server first, or pass --url and --key.\n${USAGE}`);
  const credentials = JSON.parse(readFileSync(file, 'utf8'));
  return { url: values.url ?? credentials.url, key: values.key ?? credentials.api_key };
}
