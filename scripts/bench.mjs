import { endWithNpm } from './ancestors.mjs';
import { buildIfStale } from './build.mjs';
import { installIfNeeded } from './install.mjs';

endWithNpm();
await installIfNeeded();
await buildIfStale();
await import('../dist/bench/run.js');
