import path from 'node:path';
import ts from 'typescript';
import { root } from './swc-options.mjs';

/**
 * Follows the calls of a method with the TypeScript checker and prints the domain files that it touches: those of
 * `libs`, without the kernel, whose functions are leaves.
 *
 * `node scripts/measure-files.mjs libs/messaging/src/messages/messages.controller.ts MessagesController.create`
 */
export function createProgram() {
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  return ts.createProgram(
    fileNames.filter((name) => !/\.(spec|db-spec)\.ts$|\/(test|bench)\//.test(name)),
    options,
  );
}

/** The domain files with functions that `Class.method` of a file calls, directly or indirectly, in order of discovery. */
export function touchedFiles(program, file, method) {
  const checker = program.getTypeChecker();
  const [className, methodName] = method.split('.');
  const source = program.getSourceFile(path.join(root, file));
  const start = source?.statements
    .find((statement) => ts.isClassDeclaration(statement) && statement.name?.text === className)
    ?.members.find((member) => member.name?.getText() === methodName);
  if (!start) throw new Error(`${file} has no method ${method}`);
  const seen = new Set();
  const files = new Set();
  const queue = [start];
  while (queue.length > 0) {
    const declaration = queue.pop();
    if (seen.has(declaration)) continue;
    seen.add(declaration);
    const place = path.relative(root, declaration.getSourceFile().fileName);
    if (!/^libs\/(?!kernel\/)/.test(place)) continue;
    files.add(place);
    queue.push(...calledBy(checker, declaration));
  }
  return [...files];
}

function calledBy(checker, declaration) {
  const found = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      found.push(...functionsOf(checker, node.expression));
      // A function that is passed on is called by what it is passed to.
      for (const argument of node.arguments ?? [])
        if (ts.isIdentifier(argument)) found.push(...functionsOf(checker, argument));
    }
    ts.forEachChild(node, visit);
  };
  // Parameters have decorators and types only.
  const body = declaration.body ?? declaration.initializer;
  if (body) visit(body);
  return found;
}

function functionsOf(checker, expression) {
  let symbol = checker.getSymbolAtLocation(ts.isPropertyAccessExpression(expression) ? expression.name : expression);
  if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
  return (symbol?.declarations ?? []).flatMap((declaration) => {
    if (ts.isClassDeclaration(declaration)) return declaration.members.filter(ts.isConstructorDeclaration);
    const isFunction =
      ts.isFunctionDeclaration(declaration) ||
      ts.isMethodDeclaration(declaration) ||
      ((ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration)) &&
        declaration.initializer !== undefined &&
        ts.isArrowFunction(declaration.initializer));
    return isFunction ? [declaration] : [];
  });
}

if (process.argv[1] === import.meta.filename) {
  const files = touchedFiles(createProgram(), process.argv[2], process.argv[3]);
  console.log(`${files.join('\n')}\n${files.length} files`);
}
