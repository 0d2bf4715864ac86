import path from 'node:path';
import ts from 'typescript';
import { listImports, readText, sources } from './repository-files.js';

const MAX_EXPORTED_PROVIDERS = 3;
const MAX_DOMAIN_MODULE_IMPORTS = 30;

const moduleFiles = sources.filter((file) => /^libs\/[^/]+\/src\/.*\.module\.ts$/.test(file));
const domainModules = sources.filter((file) => /^libs\/(?!kernel\/)[^/]+\/src\/[^/]+\.module\.ts$/.test(file));
const domains = domainModules.map((file) => file.split('/')[1]!);
const featureModules = moduleFiles.filter(
  (file) => domains.includes(file.split('/')[1]!) && !domainModules.includes(file),
);

/** Names in one of the arrays of the `@Module` decorator of a file. */
function namesIn(file: string, property: string): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isDecorator(node) && ts.isCallExpression(node.expression) && isNamed(node.expression.expression, 'Module')) {
      const [options] = node.expression.arguments;
      if (options && ts.isObjectLiteralExpression(options)) names.push(...elementsOf(options, property));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readText(file), ts.ScriptTarget.Latest, true));
  return names;
}

function elementsOf(options: ts.ObjectLiteralExpression, property: string): string[] {
  return options.properties
    .filter((entry) => ts.isPropertyAssignment(entry))
    .filter(({ name }) => isNamed(name, property))
    .flatMap(({ initializer }) => (ts.isArrayLiteralExpression(initializer) ? [...initializer.elements] : []))
    .map((element) => element.getText());
}

function isNamed(node: ts.Node, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name;
}

/** The modules of the same domain that a feature module imports, by their files. */
function importedModules(file: string): string[] {
  return listImports(file)
    .filter((specifier) => /^\..*\.module\.js$/.test(specifier))
    .map((specifier) => path.posix.join(path.posix.dirname(file), specifier).replace(/\.js$/, '.ts'));
}

/** Files on a cycle of imports that starts at a module, or null. */
function findCycle(file: string, trail: readonly string[] = []): readonly string[] | null {
  if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
  for (const imported of importedModules(file)) {
    const cycle = findCycle(imported, [...trail, file]);
    if (cycle) return cycle;
  }
  return null;
}

describe('feature modules', () => {
  it('should exist in every folder of a domain that has a controller', () => {
    const folders = sources
      .filter((file) => file.endsWith('.controller.ts') && domains.includes(file.split('/')[1]!))
      .map((file) => path.posix.dirname(file));
    const folderOfModule = new Set(featureModules.map((file) => path.posix.dirname(file)));
    expect([...new Set(folders)].filter((folder) => !folderOfModule.has(folder))).toEqual([]);
  });

  it('should not register a controller or provider twice', () => {
    const registered = featureModules.flatMap((file) =>
      ['controllers', 'providers'].flatMap((property) => namesIn(file, property)),
    );
    const twice = registered.filter((name, index) => registered.indexOf(name) !== index);
    expect(twice).toEqual([]);
  });

  it(`should export at most ${MAX_EXPORTED_PROVIDERS} providers`, () => {
    const wrong = featureModules.filter((file) => namesIn(file, 'exports').length > MAX_EXPORTED_PROVIDERS);
    expect(wrong).toEqual([]);
  });

  it('should not import each other in a cycle', () => {
    expect(featureModules.map((file) => findCycle(file)).filter((cycle) => cycle !== null)).toEqual([]);
    expect(featureModules.filter((file) => readText(file).includes('forwardRef'))).toEqual([]);
  });
});

describe('domain modules', () => {
  it('should only compose feature modules', () => {
    const parts = domainModules.flatMap((file) =>
      ['controllers', 'providers'].flatMap((property) => namesIn(file, property)),
    );
    expect(parts).toEqual([]);
  });

  it('should import every feature module of the domain', () => {
    const missing = featureModules.filter((file) => {
      const domain = file.split('/')[1]!;
      return !importedModules(`libs/${domain}/src/${domain}.module.ts`).includes(file);
    });
    expect(missing).toEqual([]);
  });

  it(`should have at most ${MAX_DOMAIN_MODULE_IMPORTS} import statements`, () => {
    expect(domainModules.filter((file) => listImports(file).length > MAX_DOMAIN_MODULE_IMPORTS)).toEqual([]);
  });
});
