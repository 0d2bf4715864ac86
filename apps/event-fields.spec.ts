import { eventDefinitions } from '@parley/kernel/events';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import './domains.js';

const root = new URL('../', import.meta.url).pathname;
const EVENT_FILES = readdirSync(path.join(root, 'libs'), { recursive: true, encoding: 'utf8' })
  .filter((file) => !file.includes('node_modules') && file.endsWith('.events.ts'))
  .map((file) => path.join(root, 'libs', file));

/** Names of the properties of the data of each event type, by its TypeScript type. */
function readDataTypes(files: readonly string[]): Record<string, string[]> {
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent(config, { ...ts.sys, readDirectory: () => [] }, root);
  const program = ts.createProgram([...files], options);
  const checker = program.getTypeChecker();
  const found: Record<string, string[]> = {};
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'defineEvent' && node.typeArguments) {
      const type = checker.getTypeFromTypeNode(node.typeArguments[0]!);
      const variants = type.isUnion() ? type.types : [type];
      const names = variants.flatMap((variant) => checker.getPropertiesOfType(variant).map(({ name }) => name));
      found[(node.arguments[0] as ts.StringLiteral).text] = [...new Set(names)].sort();
    }
    ts.forEachChild(node, visit);
  };
  for (const file of files) visit(program.getSourceFile(file)!);
  return found;
}

describe('event definitions', () => {
  it('should name all fields of the data of their type', () => {
    const declared = eventDefinitions().map(({ type, fields }) => [type, [...fields].sort()] as const);
    expect(Object.fromEntries(declared)).toEqual(readDataTypes(EVENT_FILES));
  }, 120_000);
});
