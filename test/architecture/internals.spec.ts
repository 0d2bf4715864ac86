import ts from 'typescript';
import { readText, sources } from './repository-files.js';

/** Members of libraries that are not part of their API, and the only files that may use them. */
const INTERNALS: readonly (readonly [library: string, file: string, members: RegExp])[] = [
  [
    'Nest',
    'libs/kernel/src/http/nest-internals',
    /__(?:routeArguments|interceptors|guards|pipes|customRouteArgs)__|swagger\/api[A-Z]/,
  ],
  [
    'TypeORM',
    'libs/kernel/src/database/typeorm-internals',
    /\bisTransactionActive\b|\bdriver\b[^;\n]*\bmaster\b|\bdatabaseConnection\b/,
  ],
  [
    'pg',
    'libs/kernel/src/database/pg-internals',
    /\b_(?:idle|clients|pendingQueue|queryQueue|activeQuery)\b|\bconnection\b[^;\n]*\.stream\b|\breadonly stream\b/,
  ],
];

const files = sources.filter((file) => /^(libs|apps)\/.*\.ts$/.test(file));
const isTest = (file: string): boolean => /spec\.ts$|\/testing\//.test(file);

/** Lines with a cast `as unknown as { … }`, which claims members that the type of the value does not have. */
function castsToMembers(file: string): string[] {
  const source = ts.createSourceFile(file, readText(file), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isAsExpression(node) &&
      ts.isTypeLiteralNode(node.type) &&
      ts.isAsExpression(node.expression) &&
      node.expression.type.kind === ts.SyntaxKind.UnknownKeyword
    ) {
      found.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe('members of libraries outside of their API', () => {
  it.each(INTERNALS)('should be used in one file only when the library is %s', (_library, owner, members) => {
    const users = files.filter((file) => members.test(readText(file)));
    expect(users.filter((file) => !file.startsWith(`${owner}.`))).toEqual([]);
    expect(users).toContain(`${owner}.ts`);
  });

  it.each(INTERNALS)('should have a test that an upgrade of %s can fail', (_library, owner) => {
    expect(files.filter((file) => file.startsWith(`${owner}.`) && isTest(file))).toHaveLength(1);
  });

  it('should not be reached by casts', () => {
    expect(files.filter((file) => !isTest(file)).flatMap(castsToMembers)).toEqual([]);
  });
});
