import { existsSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/**
 * The language rules of CONTRIBUTING.md that a program can check: standard terms in names, plain English in texts, and
 * one form for test titles. `npm run lint:language -- libs/messaging` lists the violations below a folder.
 */

// prettier-ignore
const VERBS = [
  'Accept', 'Activate', 'Add', 'Apply', 'Archive', 'Assign', 'Block', 'Cancel', 'Change', 'Check', 'Clear', 'Close',
  'Complete', 'Confirm', 'Connect', 'Copy', 'Count', 'Create', 'Deactivate', 'Delete', 'Disable', 'Disconnect',
  'Download', 'Dry-run', 'Enable', 'Erase', 'Export', 'Filter', 'Follow', 'Get', 'Handle', 'Identify', 'Import',
  'Invite', 'List', 'Log', 'Mark', 'Merge', 'Move', 'Preview', 'Publish', 'Redeliver', 'Redrive', 'Refresh',
  'Regenerate', 'Register', 'Remove', 'Rename', 'Render', 'Reopen', 'Replace', 'Report', 'Request', 'Resend', 'Reset',
  'Resolve', 'Restore', 'Revoke', 'Rotate', 'Run', 'Search', 'Send', 'Set', 'Share', 'Snooze', 'Split', 'Start',
  'Stop', 'Stream', 'Subscribe', 'Suspend', 'Tag', 'Test', 'Transfer', 'Unarchive', 'Unassign', 'Unblock', 'Undo',
  'Unfollow', 'Unpublish', 'Unsnooze', 'Untag', 'Update', 'Upload', 'Validate', 'Verify',
];
const MAX_SUMMARY_WORDS = 6;

/** Words that no name contains, as a part between capitals. */
const NAME_WORDS = new Set(
  'tell tells told telling said says begin begins begun wanted whoever whatever somebody nobody wish wishes occasion weigh bury mover hearer hearers hearing anew glance rehearse rehearsal mortal housekeeping forgetting most longest shortest largest deepest'.split(
    ' ',
  ),
);

/** Further words that no stored identifier contains: tables, columns, subscribers, jobs … */
const IDENTIFIER_WORDS = new Set(
  'keep keeps kept forget forgets hand hands settle settles answer answers tries person persons people elsewhere fresh called moving proved folded'.split(
    ' ',
  ),
);

/** Names that belong to other libraries or mean something else in the field. */
const ALLOWED_NAMES = new Set(['mostRecent', 'MostRecent']);

/** Words that no text contains. */
const TEXT_WORDS =
  /\b(tells?|told|telling|says?|said|saying|begins?|began|begun|whoever|whatever|whomever|somebody|somebody's|nobody|nobody's|wish(es)?|occasions?|anew|weighs?|bury|buried|takes? back|taken back|taking back|brings? back|brought back|puts? aside|looks? after|holds? against|any more|house|doors?|floors?)\b/i;

const FIRST_WORDS = /^(What|Where|Why|Whether|How|Who|Whose|Whom)\b/;

/** Violations in a TypeScript file, as `file:line: message`. */
export function findLanguageViolations(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const isSpec = /spec\.ts$/.test(file);
  const isTest = isSpec || /(^|\/)testing\/|^(test|bench)\//.test(file);
  const found = [];
  const report = (position, message) =>
    found.push(`${file}:${source.getLineAndCharacterOfPosition(position).line + 1}: ${message}`);
  for (const { pos, text: comment } of commentsOf(source, text)) {
    const word = TEXT_WORDS.exec(comment);
    if (word) report(pos + word.index, `"${word[0]}" in a comment`);
  }
  const visit = (node) => {
    if (ts.isIdentifier(node) && isDeclarationName(node)) {
      const word = forbiddenNamePart(node.text);
      if (word) report(node.getStart(), `"${word}" in the name ${node.text}`);
    }
    if (isText(node) && !isTest && !isSql(node.text) && !isKey(node)) {
      const word = TEXT_WORDS.exec(node.text);
      if (word && /\s/.test(node.text)) report(node.getStart(), `"${word[0]}" in a text`);
    }
    if (isSpec && ts.isCallExpression(node)) checkTitle(node, report);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Returns the first word of an identifier such as `teams.sign_in_attempts` that is not a standard term, or null. */
export function findForbiddenIdentifierWord(identifier) {
  const words = identifier.toLowerCase().split(/[^a-z]+/);
  return words.find((word) => NAME_WORDS.has(word) || IDENTIFIER_WORDS.has(word)) ?? null;
}

/** Violations in an OpenAPI document: the form of summaries, and the words of all texts. */
export function findDocumentViolations(document) {
  const found = [];
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      if (!operation.operationId) continue;
      const name = `${method.toUpperCase()} ${path}`;
      const words = (operation.summary ?? '').split(/\s+/);
      if (!VERBS.includes(words[0]))
        found.push(`${name}: the summary starts with "${words[0]}", not with a known verb`);
      if (words.length > MAX_SUMMARY_WORDS) found.push(`${name}: the summary has ${words.length} words`);
      if (/\.$/.test(operation.summary)) found.push(`${name}: the summary ends with a full stop`);
    }
  }
  const visit = (value, place) => {
    if (Array.isArray(value)) return value.forEach((item, index) => visit(item, `${place}/${index}`));
    if (value === null || typeof value !== 'object') return undefined;
    for (const [key, child] of Object.entries(value)) {
      if (key === 'example' || key === 'examples') continue;
      if ((key === 'description' || key === 'summary') && typeof child === 'string')
        checkText(child, `${place}/${key}`, found);
      else visit(child, `${place}/${key}`);
    }
    return undefined;
  };
  visit(document, '#');
  return found;
}

function checkText(text, place, found) {
  const first = FIRST_WORDS.exec(text);
  if (first) found.push(`${place}: starts with "${first[0]}": ${text.slice(0, 60)}`);
  const word = TEXT_WORDS.exec(text) ?? /\bmade\b/i.exec(text);
  if (word) found.push(`${place}: contains "${word[0]}": ${text.slice(0, 80)}`);
}

function checkTitle(node, report) {
  let callee = node.expression;
  // it.each(table)(title, test)
  if (ts.isCallExpression(callee)) callee = callee.expression;
  while (ts.isPropertyAccessExpression(callee)) callee = callee.expression;
  if (!ts.isIdentifier(callee) || !['it', 'test', 'describe'].includes(callee.text)) return;
  const [title] = node.arguments;
  if (!title || !isText(title)) return;
  if (callee.text !== 'describe' && !title.text.startsWith('should '))
    report(title.getStart(), 'a test title starts with "should"');
  const word = TEXT_WORDS.exec(title.text);
  if (word) report(title.getStart(), `"${word[0]}" in a test title`);
}

function* commentsOf(source, text) {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, text);
  const ranges = templateRanges(source);
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    const pos = scanner.getTokenStart();
    const range = ranges.find(([start, end]) => pos >= start && pos < end);
    if (range) {
      scanner.resetTokenState(range[1]);
      continue;
    }
    const isComment = kind === ts.SyntaxKind.SingleLineCommentTrivia || kind === ts.SyntaxKind.MultiLineCommentTrivia;
    if (isComment) yield { pos, text: scanner.getTokenText() };
  }
}

/** Ranges of strings, templates and regular expressions, in which `//` does not start a comment. */
function templateRanges(source) {
  const ranges = [];
  const visit = (node) => {
    if (
      ts.isStringLiteralLike(node) ||
      ts.isTemplateExpression(node) ||
      ts.isTemplateLiteralTypeNode(node) ||
      node.kind === ts.SyntaxKind.RegularExpressionLiteral
    ) {
      ranges.push([node.getStart(), node.end]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return ranges;
}

function isText(node) {
  return (
    ts.isStringLiteralLike(node) ||
    node.kind === ts.SyntaxKind.TemplateHead ||
    node.kind === ts.SyntaxKind.TemplateMiddle ||
    node.kind === ts.SyntaxKind.TemplateTail
  );
}

function isSql(text) {
  return /\b(select|insert into|update|delete from|create|from|where|returning|join|union)\b/.test(text);
}

/** Import specifiers and property keys are not texts. */
function isKey(node) {
  return (
    ts.isImportDeclaration(node.parent) ||
    ts.isExportDeclaration(node.parent) ||
    (ts.isPropertyAssignment(node.parent) && node.parent.name === node)
  );
}

function isDeclarationName(node) {
  const { parent } = node;
  return (
    parent !== undefined &&
    'name' in parent &&
    parent.name === node &&
    !ts.isPropertyAccessExpression(parent) &&
    !ts.isImportSpecifier(parent) &&
    !ts.isBindingElement(parent)
  );
}

function forbiddenNamePart(name) {
  if (ALLOWED_NAMES.has(name) || /^[a-z]+(_[a-z]+)+$/.test(name)) return null;
  const parts = name.split(/_|(?<=[a-z0-9])(?=[A-Z])/).map((part) => part.toLowerCase());
  return parts.find((part) => NAME_WORDS.has(part)) ?? null;
}

if (process.argv[1]?.endsWith('language.mjs')) {
  const { execFileSync } = await import('node:child_process');
  const folders = process.argv.slice(2);
  const listed = execFileSync('git', [
    'ls-files',
    // With files that are not committed yet.
    '--cached',
    '--others',
    '--exclude-standard',
    ...(folders.length > 0 ? folders : ['apps', 'libs', 'test', 'bench', 'migrations']),
  ])
    .toString()
    .split('\n')
    .filter((file) => file.endsWith('.ts') && existsSync(file));
  const files = [...new Set(listed)];
  const found = files.flatMap((file) => findLanguageViolations(file, readFileSync(file, 'utf8')));
  const document = folders.length === 0 ? findDocumentViolations(JSON.parse(readFileSync('openapi.json', 'utf8'))) : [];
  for (const line of [...found, ...document]) console.log(line);
  console.log(`${found.length + document.length} violations`);
  process.exitCode = found.length + document.length > 0 ? 1 : 0;
}
