import { existsSync } from 'node:fs';
import { root, swcOptions } from './scripts/swc-options.mjs';

// Jest resolves `@parley/*` itself, from the map below; rewritten imports would not reach it.
const { baseUrl, paths, ...jsc } = swcOptions.jsc;

const FOLDERS = ['apps', 'libs', 'migrations', 'test', 'bench'];

export default {
  testEnvironment: 'node',
  roots: FOLDERS.filter((folder) => existsSync(root + folder)).map((folder) => `<rootDir>/${folder}`),
  testMatch: ['**/*.spec.ts', '**/*.db-spec.ts', '**/*.e2e-spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['js', 'mjs', 'cjs', 'ts', 'json', 'node'],
  transform: { '^.+\\.ts$': ['@swc/jest', { swcrc: false, sourceMaps: 'inline', jsc }] },
  moduleNameMapper: {
    '^@parley/kernel/([^/]+)$': '<rootDir>/libs/kernel/src/$1/index.ts',
    '^@parley/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  maxWorkers: 2,
  testTimeout: 30_000,
  // Modules of the ESM loader are kept by a worker until it ends.
  workerIdleMemoryLimit: '1GB',
};
