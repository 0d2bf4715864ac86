import path from 'node:path';
import { floorOf, floors, mayReadEnvironment, trespass } from '../../scripts/lint/doors.mjs';
import { importsOf, libs, readsEnvironment, root, sources, textOf } from './repository-files.js';
import { schemaCrossings } from './schema-crossings.js';

const MAX_LINES = 400;
const MAX_SPEC_LINES = 600;
const DRAWERS = ['common', 'utils', 'helpers', 'shared', 'types'];

describe('the house', () => {
  it('should give every lib a floor', () => {
    expect(libs.filter((lib) => floorOf(lib) < 0)).toEqual([]);
  });

  it('should give no room two floors', () => {
    expect(new Set(floors.flat()).size).toBe(floors.flat().length);
  });

  it('should resolve every alias to a door and to nothing deeper', () => {
    const { paths } = JSON.parse(textOf('tsconfig.json')).compilerOptions as { paths: Record<string, string[]> };
    const doors = Object.fromEntries(
      Object.keys(paths).map((alias) => [alias, [`./libs/${alias.split('/')[1]}/src/index.ts`]]),
    );
    expect(paths).toEqual({ ...doors, '@parley/kernel/testing': ['./libs/kernel/src/testing/index.ts'] });
  });

  it('should hold its floors, doors and layers', () => {
    const found = sources.flatMap((file) =>
      importsOf(file)
        .map((specifier) => trespass(file, specifier))
        .filter((message) => message !== null)
        .map((message) => `${file}: ${message}`),
    );
    expect(found).toEqual([]);
  });

  it('should read the environment in the configuration only', () => {
    const readers = sources.filter((file) => !mayReadEnvironment(file) && readsEnvironment(file));
    expect(readers).toEqual([]);
  });

  it('should not switch its rules off in place', () => {
    const disabled = /(\/\/|\/\*)\s*(eslint-(disable|enable)|@ts-(ignore|nocheck|expect-error))/;
    expect(sources.filter((file) => disabled.test(textOf(file)))).toEqual([]);
  });

  it(`should have no file of more than ${MAX_LINES} lines`, () => {
    const lines = (file: string): number => textOf(file).trimEnd().split('\n').length;
    const limit = (file: string): number => (/spec\.ts$|\.arbitraries\.ts$/.test(file) ? MAX_SPEC_LINES : MAX_LINES);
    expect(sources.filter((file) => lines(file) > limit(file))).toEqual([]);
  });

  it('should have no drawer for everything', () => {
    const inDrawers = sources.filter((file) =>
      path
        .dirname(file)
        .split('/')
        .some((folder) => DRAWERS.includes(folder)),
    );
    expect(inDrawers).toEqual([]);
  });

  it('should have no barrel but the doors', () => {
    const barrels = sources.filter((file) => path.basename(file) === 'index.ts');
    expect(
      barrels.filter((file) => !/^libs\/.+\/src\/index\.ts$|^libs\/kernel\/src\/testing\/index\.ts$/.test(file)),
    ).toEqual([]);
  });

  it('should name migrations <timestamp>-<domain>-<what>.ts, each at a moment of its own', () => {
    const names = sources.filter((file) => file.startsWith('migrations/')).map((file) => path.basename(file));
    const wanted = new RegExp(`^\\d{13}-(${floors.flat().join('|')})-[a-z0-9]+(-[a-z0-9]+)*\\.ts$`);
    expect(names.filter((name) => !wanted.test(name))).toEqual([]);
    expect(new Set(names.map((name) => name.slice(0, 13))).size).toBe(names.length);
  });

  it('should not cross a Postgres schema but by a published *_cards view', () => {
    const schemas = floors.flat();
    const owned = sources.flatMap((file) => {
      const [, own] =
        /^migrations\/\d+-([a-z]+)-/.exec(file) ?? /^libs\/([a-z]+)\/.*\.repository\.ts$/.exec(file) ?? [];
      return own === undefined ? [] : [{ file, own }];
    });
    const crossings = owned.flatMap(({ file, own }) =>
      schemaCrossings(textOf(file), own, schemas).map(({ line, text }) => `${file}:${line}: ${text}`),
    );
    expect(crossings).toEqual([]);
  });

  it('should keep every entity in the schema of its domain', () => {
    const strangers = sources
      .filter((file) => /^libs\/.*\.entity\.ts$/.test(file))
      .filter((file) => !new RegExp(`schema:\\s*['"]${file.split('/')[1]}['"]`).test(textOf(file)));
    expect(strangers).toEqual([]);
  });

  it('should lie where these tests look for it', () => {
    expect(sources).toContain(path.relative(root, new URL(import.meta.url).pathname));
  });
});
