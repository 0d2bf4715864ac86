import { existsSync } from 'node:fs';
import path from 'node:path';
import { libs, readText, root, sources } from './repository-files.js';

const MAX_LINES = 20;
const TABLE = /@Entity\(\{ schema: '([a-z]+)', name: '([a-z_]+)'/g;
const EVENT = /extends defineEvent(?:<[^(]*>)?\(\s*'([a-z_.]+)'/g;

const readme = (lib: string): string => `libs/${lib}/README.md`;

/** Tables and event types that the code of a package defines. */
function definitionsOf(lib: string): string[] {
  return sources
    .filter((file) => file.startsWith(`libs/${lib}/src/`) && !/spec\.ts$|\/testing\//.test(file))
    .map(readText)
    .flatMap((text) => [
      ...[...text.matchAll(TABLE)].map(([, schema, name]) => `${schema}.${name}`),
      ...(lib === 'kernel' ? [] : [...text.matchAll(EVENT)].map(([, type]) => type!)),
    ]);
}

describe('README of a package', () => {
  it('should exist', () => {
    expect(libs.filter((lib) => !existsSync(path.join(root, readme(lib))))).toEqual([]);
  });

  it.each(libs)('should name all tables and published events of %s', (lib) => {
    const text = readText(readme(lib));
    expect(definitionsOf(lib).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });

  it('should be short', () => {
    expect(libs.filter((lib) => readText(readme(lib)).trimEnd().split('\n').length > MAX_LINES)).toEqual([]);
  });
});
