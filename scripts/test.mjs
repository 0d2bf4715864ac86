import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { exitWithNpm } from './exit-with-npm.mjs';
import { buildIfStale } from './build.mjs';
import { installIfNeeded } from './install.mjs';

const FLAG = '--experimental-vm-modules';
const SILENCE_FLAG = '--disable-warning=ExperimentalWarning';
/** Leaves out the generated tests of test/contract; replaced by Jest's option, which must follow the paths. */
const WITHOUT_CONTRACT = '--without-contract';
const EXIT_GUARD = `--import=${new URL('../test/support/exit-with-jest.mjs', import.meta.url).href}`;

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

exitWithNpm();
if (process.env.NODE_OPTIONS?.includes(FLAG)) {
  const jest = await import('jest');
  await jest.run(jestArguments(process.argv.slice(2)));
} else {
  await prepare();
  await restartWithOptions();
}

function jestArguments(args) {
  const passed = args.filter((arg) => arg !== WITHOUT_CONTRACT);
  const patternCount = passed.findIndex((arg) => arg.startsWith('-'));
  const patterns = patternCount < 0 ? passed : passed.slice(0, patternCount);
  const others = passed.slice(patterns.length);
  // Jest matches absolute paths; the name of a folder above the repository must not match.
  const ownPatterns = patterns.map((pattern) => `^${escape(ROOT)}/.*${pattern.replace(/^\.\//, '')}`);
  const isContractRun = patterns.length > 0 && patterns.every((pattern) => pattern.includes('test/contract'));
  if (!args.includes(WITHOUT_CONTRACT) || isContractRun) return [...ownPatterns, ...others];
  return [...ownPatterns, ...others, '--testPathIgnorePatterns', '/test/contract/', '/node_modules/'];
}

function escape(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

async function prepare() {
  try {
    await installIfNeeded();
    await buildIfStale();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}

/** Restarts this file with the Node options that Jest and its workers need at startup. */
async function restartWithOptions() {
  const nodeOptions = [process.env.NODE_OPTIONS, FLAG, SILENCE_FLAG, EXIT_GUARD].filter(Boolean).join(' ');
  const self = fileURLToPath(import.meta.url);
  const child = spawn(process.execPath, [self, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, NODE_OPTIONS: nodeOptions, npm_lifecycle_event: process.env.npm_lifecycle_event ?? 'test' },
  });
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill(signal));
  process.exitCode = await new Promise((resolve) => {
    child.once('close', (code) => resolve(code ?? 1));
  });
}
