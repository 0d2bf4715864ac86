import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, swcOptions } from './swc-options.mjs';

const SOURCES = ['apps', 'libs', 'migrations', 'bench'];
const DIST = path.join(root, 'dist');
const STAMP = path.join(DIST, '.build.json');
const PARALLEL = 16;

/**
 * Compiles the files that changed since the last build into dist/ and removes outputs without a source. Resolves to `{
 * compiled, removed }`, the numbers of files. Throws one Error that lists every file that failed.
 */
export async function buildIfStale() {
  const before = await readStamp();
  const settings = await settingsKey();
  const previousFiles = before.settings === settings ? before.files : {};
  const files = {};
  const failures = [];
  let compiled = 0;

  const sources = await listSources();
  await inParallel(sources, async (source) => {
    const { mtimeMs, size } = await stat(path.join(root, source));
    const previous = previousFiles[source];
    const present = previous !== undefined && (await exists(outputOf(source)));
    if (present && previous.mtimeMs === mtimeMs && previous.size === size) {
      files[source] = previous;
      return;
    }
    const hash = sha256(await readFile(path.join(root, source)));
    files[source] = { mtimeMs, size, hash };
    if (present && previous.hash === hash) return;
    try {
      await compileFile(source);
      compiled += 1;
    } catch (error) {
      delete files[source];
      failures.push(`${source}: ${error.message}`);
    }
  });

  const deleted = Object.keys(before.files).filter((source) => !sources.includes(source));
  for (const source of deleted) await removeOutput(source);
  await writeStamp(before, { settings, files });
  if (failures.length > 0) throw new Error(`the build failed\n${failures.join('\n')}`);
  return { compiled, removed: deleted.length };
}

async function compileFile(source) {
  const output = outputOf(source);
  await mkdir(path.dirname(output), { recursive: true });
  if (!source.endsWith('.ts')) {
    await copyFile(path.join(root, source), `${output}.${process.pid}`);
  } else {
    const { transformFile } = await import('@swc/core');
    const filename = path.join(root, source);
    const { code, map } = await transformFile(filename, {
      ...swcOptions,
      filename,
      sourceFileName: path.relative(path.dirname(output), filename),
    });
    await replace(`${output}.map`, map ?? '{}');
    await writeFile(`${output}.${process.pid}`, `${code}\n//# sourceMappingURL=${path.basename(output)}.map\n`);
  }
  // Another process could be loading this file from an earlier build.
  await rename(`${output}.${process.pid}`, output);
}

async function removeOutput(source) {
  const output = outputOf(source);
  await rm(output, { force: true });
  await rm(`${output}.map`, { force: true });
  for (let folder = path.dirname(output); folder !== DIST; folder = path.dirname(folder)) {
    const remaining = await readdir(folder).catch(() => []);
    if (remaining.length > 0) return;
    await rm(folder, { recursive: true, force: true });
  }
}

async function listSources() {
  const found = [];
  for (const top of SOURCES) {
    const entries = await readdir(path.join(root, top), { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const source = path
        .relative(root, path.join(entry.parentPath ?? entry.path, entry.name))
        .replaceAll(path.sep, '/');
      if (/\.(spec|db-spec|e2e-spec)\.ts$|\.d\.ts$|\.md$/.test(source) || source.includes('/node_modules/')) continue;
      found.push(source);
    }
  }
  return found;
}

function outputOf(source) {
  return path.join(DIST, source.replace(/\.ts$/, '.js'));
}

async function settingsKey() {
  const swc = JSON.parse(await readFile(path.join(root, 'node_modules/@swc/core/package.json'), 'utf8')).version;
  const ownSource = await readFile(new URL(import.meta.url));
  return sha256(JSON.stringify([swc, swcOptions]) + ownSource);
}

async function readStamp() {
  try {
    return JSON.parse(await readFile(STAMP, 'utf8'));
  } catch {
    return { settings: '', files: {} };
  }
}

async function writeStamp(before, after) {
  const sorted = { settings: after.settings, files: Object.fromEntries(Object.entries(after.files).sort()) };
  const text = `${JSON.stringify(sorted)}\n`;
  if (text === `${JSON.stringify(before)}\n`) return;
  await mkdir(DIST, { recursive: true });
  await replace(STAMP, text);
}

async function replace(file, text) {
  await writeFile(`${file}.${process.pid}`, text);
  await rename(`${file}.${process.pid}`, file);
}

async function inParallel(items, work) {
  const queue = [...items];
  const workers = Array.from({ length: PARALLEL }, async () => {
    for (let item = queue.pop(); item !== undefined; item = queue.pop()) await work(item);
  });
  await Promise.all(workers);
}

function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}

async function exists(file) {
  return stat(file).then(
    () => true,
    () => false,
  );
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const started = Date.now();
  const { compiled, removed } = await buildIfStale().catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
  console.log(`built: ${compiled} files compiled, ${removed} removed, ${Date.now() - started} ms`);
}
