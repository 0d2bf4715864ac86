import { readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * Which kinds of test this run of Jest may reach: `{ database, server }`. Judged by the path patterns of
 * the command line; options that Jest alone understands can only make it ask for too much.
 */
export function requestedKinds({ rootDir, testPathPatterns, testPathPattern }, roots) {
  const files = roots.flatMap((root) => testFiles(root));
  const patterns = [testPathPatterns?.patterns ?? testPathPattern ?? []].flat().filter(Boolean);
  const reached = files.filter(
    (file) => patterns.length === 0 || patterns.some((pattern) => matches(pattern, file, rootDir)),
  );
  const server = reached.some((file) => file.endsWith('.e2e-spec.ts'));
  return { server, database: server || reached.some((file) => file.endsWith('.db-spec.ts')) };
}

function matches(pattern, file, rootDir) {
  try {
    return new RegExp(pattern.replace(/^\.\//, ''), 'i').test(file) || path.resolve(rootDir, pattern) === file;
  } catch {
    return true;
  }
}

function testFiles(root) {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(spec|db-spec|e2e-spec)\.ts$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}
