import { exitWithNpm } from './exit-with-npm.mjs';
import { buildIfStale } from './build.mjs';
import { installIfNeeded } from './install.mjs';

const BENCHES = ['search', 'import', 'events', 'switches'];

exitWithNpm();
await installIfNeeded();
await buildIfStale();
await import(`../dist/bench/${BENCHES.includes(process.argv[2]) ? process.argv[2] : 'run'}.js`);
