import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** The repository's root. */
export const root = new URL('../../', import.meta.url).pathname;

/** Paths from the root, with forward slashes, of all source files. */
export const sources = ['apps', 'libs', 'migrations', 'test', 'bench', 'scripts']
  .filter((top) => existsSync(path.join(root, top)))
  .flatMap((top) => readdirSync(path.join(root, top), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.m?ts$|\.mjs$/.test(entry.name))
  .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
  .filter((file) => !file.includes('node_modules/'))
  .sort();

/** Names of the folders in libs/. */
export const libs = readdirSync(path.join(root, 'libs'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

/** A source file's text. */
export function textOf(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** Everything a source file imports or exports from, as it is written there. */
export function importsOf(file: string): string[] {
  return ts.preProcessFile(textOf(file), true, true).importedFiles.map(({ fileName }) => fileName);
}
