import { exitWithNpm } from './exit-with-npm.mjs';
import { buildIfStale } from './build.mjs';
import { installIfNeeded } from './install.mjs';
import { readTarget } from './target.mjs';

/**
 * Fills a workspace of a running server with example content, through the API. The server and the key are those of
 * PARLEY_HOME/credentials.json, or the options --url and --key.
 */
exitWithNpm();
try {
  const { url, key } = readTarget('seed');
  await installIfNeeded();
  await buildIfStale();
  const { seed } = await import('../dist/apps/seed/seed.js');
  await seed({ url, key, onProgress: (line) => console.log(line) });
} catch (error) {
  console.error(error.cause?.code === 'ECONNREFUSED' ? 'The server does not run. Start it: npm start' : error.message);
  process.exitCode = 1;
}
