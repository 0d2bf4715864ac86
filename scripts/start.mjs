import { existsSync } from 'node:fs';
import path from 'node:path';
import { exitWithNpm } from './exit-with-npm.mjs';
import { buildIfStale } from './build.mjs';
import { installIfNeeded } from './install.mjs';
import { root } from './swc-options.mjs';

exitWithNpm();
const settingsFile = path.join(root, '.env');
if (existsSync(settingsFile)) process.loadEnvFile(settingsFile);
try {
  await installIfNeeded();
  const { compiled } = await buildIfStale();
  if (compiled > 0) console.log(`Compiled ${compiled} files`);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
const app = process.argv[2] === 'worker' ? 'worker' : 'api';
// Runs in this process, so that no child process can be left behind.
await import(`../dist/apps/${app}/main.js`);
