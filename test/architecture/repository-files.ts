import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** Root of the repository. */
export const root = new URL('../../', import.meta.url).pathname;

/** Paths of all source files relative to the root, with forward slashes. */
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

/** Returns the text of a source file. */
export function readText(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** Specifiers of all imports and re-exports of a source file. */
export function listImports(file: string): string[] {
  return ts.preProcessFile(readText(file), true, true).importedFiles.map(({ fileName }) => fileName);
}

/** True if a source file reads `process.env` in any form. Comments and strings do not count. */
export function readsEnvironment(file: string): boolean {
  const source = ts.createSourceFile(file, readText(file), ts.ScriptTarget.Latest);
  const isProcess = (node: ts.Node | undefined): boolean =>
    node !== undefined && /^(globalThis\.)?process$/.test(node.getText(source));
  const isEnv = (node: ts.Node): boolean => /^['"]?env['"]?$/.test(node.getText(source));
  const reads = (node: ts.Node): boolean => {
    if (ts.isPropertyAccessExpression(node) && isProcess(node.expression) && isEnv(node.name)) return true;
    if (ts.isElementAccessExpression(node) && isProcess(node.expression) && isEnv(node.argumentExpression)) return true;
    if (ts.isVariableDeclaration(node) && isProcess(node.initializer) && ts.isObjectBindingPattern(node.name)) {
      return node.name.elements.some(({ propertyName, name }) => isEnv(propertyName ?? name));
    }
    if (ts.isImportDeclaration(node) && /^['"](node:)?process['"]$/.test(node.moduleSpecifier.getText(source))) {
      return /\benv\b/.test(node.importClause?.getText(source) ?? '');
    }
    return ts.forEachChild(node, (child) => reads(child) || undefined) ?? false;
  };
  return reads(source);
}
