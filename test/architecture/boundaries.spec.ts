import path from 'node:path';
import { findViolation, layerOf, layers, mayReadEnvironment } from '../../scripts/lint/boundaries.mjs';
import { libs, listImports, readsEnvironment, readText, root, sources } from './repository-files.js';
import { schemaCrossings } from './schema-crossings.js';

const MAX_LINES = 400;
const MAX_SPEC_LINES = 600;
const CATCH_ALL_FOLDERS = ['common', 'utils', 'helpers', 'shared', 'types'];
const ENTRY_POINT = /^libs\/[^/]+\/src\/index\.ts$|^libs\/kernel\/src\/[^/]+\/index\.ts$/;

describe('package boundaries', () => {
  it('should have a layer for every package', () => {
    expect(libs.filter((lib) => layerOf(lib) < 0)).toEqual([]);
  });

  it('should have one layer per package', () => {
    expect(new Set(layers.flat()).size).toBe(layers.flat().length);
  });

  it('should resolve every alias to an entry point', () => {
    const { paths } = JSON.parse(readText('tsconfig.json')).compilerOptions as { paths: Record<string, string[]> };
    const entryPoints = Object.keys(paths).map((alias) => [alias, [`./libs/${alias.split('/')[1]}/src/index.ts`]]);
    expect(paths).toEqual({
      ...Object.fromEntries(entryPoints),
      '@parley/kernel/*': ['./libs/kernel/src/*/index.ts'],
    });
  });

  it('should allow every import', () => {
    const found = sources.flatMap((file) =>
      listImports(file)
        .map((specifier) => findViolation(file, specifier))
        .filter((message) => message !== null)
        .map((message) => `${file}: ${message}`),
    );
    expect(found).toEqual([]);
  });

  it('should allow only the configuration to read the environment', () => {
    const readers = sources.filter((file) => !mayReadEnvironment(file) && readsEnvironment(file));
    expect(readers).toEqual([]);
  });

  it('should have no inline disabling of rules', () => {
    const disabled = /(\/\/|\/\*)\s*(eslint-(disable|enable)|@ts-(ignore|nocheck|expect-error))/;
    expect(sources.filter((file) => disabled.test(readText(file)))).toEqual([]);
  });

  it(`should have no file of more than ${MAX_LINES} lines`, () => {
    const lines = (file: string): number => readText(file).trimEnd().split('\n').length;
    const limit = (file: string): number => (/spec\.ts$|\.arbitraries\.ts$/.test(file) ? MAX_SPEC_LINES : MAX_LINES);
    expect(sources.filter((file) => lines(file) > limit(file))).toEqual([]);
  });

  it('should have no catch-all folder', () => {
    const misplaced = sources.filter((file) =>
      path
        .dirname(file)
        .split('/')
        .some((folder) => CATCH_ALL_FOLDERS.includes(folder)),
    );
    expect(misplaced).toEqual([]);
  });

  it('should have no barrel except entry points', () => {
    const barrels = sources.filter((file) => path.basename(file) === 'index.ts');
    expect(barrels.filter((file) => !ENTRY_POINT.test(file))).toEqual([]);
  });

  it('should name migrations <timestamp>-<domain>-<what>.ts with unique timestamps', () => {
    const names = sources.filter((file) => file.startsWith('migrations/')).map((file) => path.basename(file));
    const pattern = new RegExp(`^\\d{13}-(${layers.flat().join('|')})-[a-z0-9]+(-[a-z0-9]+)*\\.ts$`);
    expect(names.filter((name) => !pattern.test(name))).toEqual([]);
    expect(new Set(names.map((name) => name.slice(0, 13))).size).toBe(names.length);
  });

  it('should use other Postgres schemas only through *_cards views', () => {
    const schemas = layers.flat();
    const owned = sources.flatMap((file) => {
      const [, own] =
        /^migrations\/\d+-([a-z]+)-/.exec(file) ?? /^libs\/([a-z]+)\/.*\.repository\.ts$/.exec(file) ?? [];
      return own === undefined ? [] : [{ file, own }];
    });
    const crossings = owned.flatMap(({ file, own }) =>
      schemaCrossings(readText(file), own, schemas).map(({ line, text }) => `${file}:${line}: ${text}`),
    );
    expect(crossings).toEqual([]);
  });

  it('should map every entity to the schema of its domain', () => {
    const misplaced = sources
      .filter((file) => /^libs\/.*\.entity\.ts$/.test(file))
      .filter((file) => !new RegExp(`schema:\\s*['"]${file.split('/')[1]}['"]`).test(readText(file)));
    expect(misplaced).toEqual([]);
  });

  it('should read the directory that contains this test', () => {
    expect(sources).toContain(path.relative(root, new URL(import.meta.url).pathname));
  });
});
