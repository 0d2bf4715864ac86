import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './swc-options.mjs';

/**
 * The server and the API key of a script: the options `--url` and `--key`, or those of PARLEY_HOME/credentials.json.
 * Throws an error with the usage if there are none.
 */
export function readTarget(script) {
  const { values } = parseArgs({ options: { url: { type: 'string' }, key: { type: 'string' } } });
  if (values.url && values.key) return values;
  const settingsFile = path.join(root, '.env');
  if (existsSync(settingsFile)) process.loadEnvFile(settingsFile);
  const file = path.resolve(root, process.env.PARLEY_HOME ?? '.parley', 'credentials.json');
  if (!existsSync(file))
    throw new Error(
      `${file} does not exist. Start the server first, or pass --url and --key.\n` +
        `Usage: npm run ${script} -- [--url http://127.0.0.1:3000] [--key sk_live_…]`,
    );
  const credentials = JSON.parse(readFileSync(file, 'utf8'));
  return { url: values.url ?? credentials.url, key: values.key ?? credentials.api_key };
}
