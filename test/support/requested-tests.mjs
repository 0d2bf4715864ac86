import { readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * The kinds of tests that this run of Jest can include: `{ database, server }`. Determined by the path patterns of the
 * command line. Other options of Jest can only reduce the actual set.
 */
export function requestedKinds({ rootDir, testPathPatterns, testPathPattern }, roots) {
  const files = roots.flatMap((root) => testFiles(root));
  const patterns = [testPathPatterns?.patterns ?? testPathPattern ?? []].flat().filter(Boolean);
  const matched = files.filter(
    (file) => patterns.length === 0 || patterns.some((pattern) => matches(pattern, file, rootDir)),
  );
  const server = matched.some((file) => file.endsWith('.e2e-spec.ts'));
  return { server, database: server || matched.some((file) => file.endsWith('.db-spec.ts')) };
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
