import { endWithNpm } from './ancestors.mjs';
import { buildIfStale } from './build.mjs';
import { installIfNeeded } from './install.mjs';

endWithNpm();
await installIfNeeded();
await buildIfStale();
await import(process.argv[2] === 'search' ? '../dist/bench/search.js' : '../dist/bench/run.js');
