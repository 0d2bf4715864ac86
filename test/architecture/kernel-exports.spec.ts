import path from 'node:path';
import ts from 'typescript';
import { readText, sources } from './repository-files.js';

const KERNEL = 'libs/kernel/src/';

/** Names imported or re-exported per module specifier by files outside the kernel. */
function importedNames(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const file of sources.filter((source) => source.endsWith('.ts') && !source.startsWith(KERNEL))) {
    const source = ts.createSourceFile(file, readText(file), ts.ScriptTarget.Latest);
    source.forEachChild((node) => {
      const bindings = ts.isImportDeclaration(node)
        ? node.importClause?.namedBindings
        : ts.isExportDeclaration(node)
          ? node.exportClause
          : undefined;
      if (!bindings || !('elements' in bindings)) return;
      const { moduleSpecifier } = node as ts.ImportDeclaration;
      const specifier = moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : '';
      if (!specifier.startsWith('@parley/kernel')) return;
      const names = found.get(specifier) ?? new Set();
      for (const { name, propertyName } of bindings.elements) names.add((propertyName ?? name).text);
      found.set(specifier, names);
    });
  }
  return found;
}

/** Names that an entry point exports. */
function exportedNames(file: string): string[] {
  const names: string[] = [];
  ts.createSourceFile(file, readText(file), ts.ScriptTarget.Latest).forEachChild((node) => {
    if (!ts.isExportDeclaration(node)) return;
    if (!node.exportClause || !ts.isNamedExports(node.exportClause)) throw new Error(`${file} has an export *`);
    for (const { name } of node.exportClause.elements) names.push(name.text);
  });
  return names;
}

describe('kernel entry points', () => {
  const imported = importedNames();
  const entryPoints = sources.filter((file) => /^libs\/kernel\/src\/([^/]+\/)?index\.ts$/.test(file));

  it('should export nothing that only the kernel uses', () => {
    const unused = entryPoints.flatMap((file) => {
      const folder = path.posix.dirname(file).slice(KERNEL.length);
      const names = imported.get(folder === '' ? '@parley/kernel' : `@parley/kernel/${folder}`);
      return exportedNames(file)
        .filter((name) => !names?.has(name))
        .map((name) => `${file}: ${name}`);
    });
    expect(unused).toEqual([]);
  });

  it('should have at most 40 exports each', () => {
    expect(entryPoints.filter((file) => exportedNames(file).length > 40)).toEqual([]);
  });
});
