import ts from 'typescript';

/** A use of the names of a request in an error of a domain. */
export interface WireNameUse {
  readonly line: number;
  readonly message: string;
}

/** Position of the argument with the path or name of a field, by function. */
const PATH_ARGUMENT: Readonly<Record<string, number>> = {
  invalidInputError: 0,
  unprocessableFieldError: 0,
  fieldConflictError: 0,
  atPath: 0,
  assertActive: 2,
  assertExists: 2,
  getReferenced: 2,
  assertValidPassword: 2,
};

/** Position of the argument with an object whose keys are fields or facts, by function or class. */
const DETAILS_ARGUMENT: Readonly<Record<string, number>> = {
  unprocessableError: 1,
  DomainError: 2,
  WrongCredentialError: 2,
  fieldConflictError: 2,
};

const REMEDY =
  'Throw invalidInputError(path, message) or unprocessableFieldError(path, message, value) with the camelCase names of ' +
  'the domain; the contract of the route maps them to the wire. If the request has other names than the domain, map ' +
  'them in the controller with withFieldAliases.';

/** Finds errors with names of the request, which only the HTTP layer knows. */
export function findWireNames(text: string): WireNameUse[] {
  const source = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true);
  const found: WireNameUse[] = [];
  const report = (node: ts.Node, problem: string): void =>
    void found.push({
      line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1,
      message: `${problem}. ${REMEDY}`,
    });
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === 'badRequestError' && !isImportOrExport(node.parent))
      report(node, 'badRequestError is for the HTTP layer');
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      if (isBadRequest(node)) report(node, "DomainError('BAD_REQUEST') is for the HTTP layer");
      for (const name of wireNamesOf(node)) report(node, `"${name}" is a name of the wire`);
    }
    if (
      ts.isPropertyAssignment(node) &&
      node.name.getText() === 'path' &&
      ts.isArrayLiteralExpression(node.initializer)
    )
      for (const name of snakeCaseTexts(node.initializer)) report(node, `"${name}" is a name of the wire`);
    if (ts.isParameter(node) && /^(field|path)$/.test(node.name.getText()) && node.initializer)
      for (const name of snakeCaseTexts(node.initializer)) report(node, `"${name}" is a name of the wire`);
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'sentence')
      for (const name of namesInSentence(node)) report(node, `"${name}" is a name of the wire`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isImportOrExport(node: ts.Node): boolean {
  return ts.isImportSpecifier(node) || ts.isExportSpecifier(node);
}

function isBadRequest({ expression, arguments: args }: ts.CallExpression | ts.NewExpression): boolean {
  const [code] = args ?? [];
  return /Error$/.test(expression.getText()) && code !== undefined && /^['"]BAD_REQUEST['"]$/.test(code.getText());
}

function wireNamesOf({
  expression,
  arguments: args = ts.factory.createNodeArray(),
}: ts.CallExpression | ts.NewExpression): string[] {
  const name = expression.getText().split('.').at(-1)!;
  const path = args[PATH_ARGUMENT[name] ?? -1];
  const details = args[DETAILS_ARGUMENT[name] ?? -1];
  return [
    ...(path ? snakeCaseTexts(path) : []),
    ...(details && ts.isObjectLiteralExpression(details) ? details.properties.flatMap(snakeCaseKey) : []),
  ];
}

function snakeCaseKey(property: ts.ObjectLiteralElementLike): string[] {
  return property.name && isSnakeCase(property.name.getText()) ? [property.name.getText()] : [];
}

function namesInSentence({ template }: ts.TaggedTemplateExpression): string[] {
  if (!ts.isTemplateExpression(template)) return [];
  return template.templateSpans.flatMap(({ expression }) =>
    ts.isArrayLiteralExpression(expression) ? snakeCaseTexts(expression) : [],
  );
}

/** String literals with an underscore or a composed path such as `contact.email`, at any depth. */
function snakeCaseTexts(node: ts.Node): string[] {
  const texts = ts.isStringLiteralLike(node) && isSnakeCase(node.text) ? [node.text] : [];
  ts.forEachChild(node, (child) => void texts.push(...snakeCaseTexts(child)));
  return texts;
}

function isSnakeCase(name: string): boolean {
  return /[a-z0-9]_[a-z0-9]|[a-z]\.[a-z]|\]\./.test(name);
}
