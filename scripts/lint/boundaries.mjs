import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Names of the packages on each layer, lowest first. A package imports only from lower layers. */
export const layers = JSON.parse(readFileSync(new URL('../../test/architecture/layers.json', import.meta.url), 'utf8'));

const TESTING = '@parley/kernel/testing';

/** Scripts and configuration files. */
const TOOLS = 'the tools';

/** What a file of this kind may not import, and what to do instead. The kind is the suffix of the file name. */
const KIND_RULES = {
  controller: { forbidden: ['repository', 'entity'], remedy: 'call a service and map its view' },
  service: { forbidden: ['controller'], remedy: 'let the controller call the service' },
  repository: { forbidden: ['controller', 'service'], remedy: 'let the service call the repository' },
  entity: { forbidden: ['controller', 'service', 'repository'], remedy: 'limit entities to their columns' },
};

const KINDS_WITH_NEST = [
  'controller',
  'service',
  'repository',
  'entity',
  'dto',
  'subscriber',
  'interceptor',
  'job',
  'timer',
  'module',
  'config',
];

/**
 * Why a file may not import something, as a sentence with the remedy; null if it may.
 * @param file path from the root of the repository, with forward slashes.
 * @param specifier the module specifier of the import.
 */
export function findViolation(file, specifier) {
  if (specifier.startsWith('.')) {
    return findRelativeViolation(file, path.posix.join(path.posix.dirname(file), specifier));
  }
  if (specifier.startsWith('@parley/')) return findEntryPointViolation(file, specifier);
  return findPackageViolation(file, specifier);
}

/** Whether a file is a test or used by tests only. */
export function isTest(file) {
  return /\.(spec|db-spec|e2e-spec)\.ts$|(^|\/)testing\/|^(test|bench)\//.test(file);
}

/** Whether a file may read the environment of the process. */
export function mayReadEnvironment(file) {
  return /^libs\/kernel\/src\/config\/|\.config\.(ts|mjs)$|^scripts\//.test(file) || isTest(file);
}

/** Index of the layer of a package, or -1 if it has none. */
export function layerOf(packageName) {
  return layers.findIndex((packages) => packages.includes(packageName));
}

/** The package of a file: the name of a lib, `apps`, or null outside both. */
export function packageOf(file) {
  const [top, name] = file.split('/');
  if (top === 'libs') return name ?? null;
  return top === 'apps' ? 'apps' : null;
}

function findRelativeViolation(file, target) {
  const source = areaOf(file);
  const area = areaOf(target);
  const isToolImport = source === TOOLS || (source === 'test' && area === TOOLS);
  const isComposition = source.startsWith('apps/') && area === 'apps';
  // The bare server of the benchmarks sends the statements of Parley's repositories, and the lag of subscribers depends on
  // their lanes; no entry point exports these.
  const isBenchmark = ['captured-sql', 'bare-server', 'subscriber-lag'].some((name) => file === `bench/${name}.ts`);
  if (source !== area && !isToolImport && !isComposition && !isBenchmark) {
    return `This relative import leaves ${source} for ${area}. Import what ${area} exports from @parley/<package>. If it is not exported, add a service or an event to that package.`;
  }
  const rule = KIND_RULES[kindOf(file)];
  const kind = kindOf(target.replace(/\.js$/, '.ts'));
  if (rule?.forbidden.includes(kind) && !isTest(file)) {
    return `A ${kindOf(file)} does not import a ${kind}. The direction is controller → service → repository → entity. Here: ${rule.remedy}.`;
  }
  if (
    isEntryPoint(file) &&
    (['controller', 'repository', 'entity', 'dto'].includes(kind) || target.includes('/dto/'))
  ) {
    return `The index.ts of a domain never exports a ${kind ?? 'dto'}. Export the service, its view and input types, and the events.`;
  }
  return null;
}

function findEntryPointViolation(file, specifier) {
  const [, packageName, subpath, ...deeper] = specifier.split('/');
  if (specifier === TESTING) return isTest(file) ? null : `${TESTING} is for tests only.`;
  if (deeper.length > 0 || (subpath !== undefined && !isKernelEntryPoint(packageName, subpath))) {
    return `${specifier} is not an entry point of ${packageName}. Import from @parley/${packageName}${packageName === 'kernel' ? ' or one of its folders' : ''}; what its index.ts does not export is private.`;
  }
  const target = layerOf(packageName);
  if (target < 0) return `${packageName} has no layer. Add it to test/architecture/layers.json.`;
  const importer = packageOf(file);
  if (importer === null) return null;
  if (importer === packageName)
    return `Inside ${packageName}, import by relative path; its entry point would be a cycle.`;
  const own = layerOf(importer);
  if (own < 0) return `${importer} has no layer. Add it to test/architecture/layers.json.`;
  if (target < own) return null;
  return target === own
    ? `${importer} and ${packageName} are on the same layer and do not import each other. Publish an event in one and subscribe to it in the other.`
    : `${importer} is below ${packageName} and does not import upwards. Publish an event in ${importer} and subscribe to it in ${packageName}.`;
}

function isKernelEntryPoint(packageName, subpath) {
  return packageName === 'kernel' && existsSync(path.join(root, `libs/kernel/src/${subpath}/index.ts`));
}

function findPackageViolation(file, specifier) {
  if (isTest(file)) return null;
  const isDatabaseCode = file.startsWith('libs/kernel/src/database/') || file.startsWith('migrations/');
  const kind = kindOf(file);
  if (isPackage(specifier, 'typeorm') && !isDatabaseCode && !['repository', 'entity'].includes(kind)) {
    return 'typeorm is imported only by *.repository.ts, *.entity.ts, migrations/ and libs/kernel/src/database. Add a method named after the use case to the repository and call that.';
  }
  if (isPackage(specifier, '@nestjs/typeorm') && !isDatabaseCode && !['repository', 'module'].includes(kind)) {
    return '@nestjs/typeorm is imported only by *.module.ts, *.repository.ts and libs/kernel/src/database. Inject the repository class instead.';
  }
  const isBull = isPackage(specifier, 'bull') || isPackage(specifier, '@nestjs/bull');
  if (isBull && !file.startsWith('libs/kernel/src/jobs/')) {
    return 'bull is imported only by libs/kernel/src/jobs. Define a job and enqueue it through @parley/kernel/jobs.';
  }
  if (isPure(file) && /^@nestjs\//.test(specifier)) {
    return `${path.posix.basename(file)} is a plain file: domain logic without Nest and TypeORM. Pass it data and return data, or give the file the suffix of its kind (.service, .module …).`;
  }
  return null;
}

function isPure(file) {
  const packageName = packageOf(file);
  if (packageName === null || packageName === 'apps' || packageName === 'kernel' || !file.endsWith('.ts')) return false;
  return !KINDS_WITH_NEST.includes(kindOf(file));
}

function isEntryPoint(file) {
  return /^libs\/(?!kernel\/)[^/]+\/src\/index\.ts$/.test(file);
}

function kindOf(file) {
  return /\.([a-z]+)\.ts$/.exec(file)?.[1] ?? null;
}

/** The part of the repository within which relative imports are allowed. */
function areaOf(file) {
  const [top, name] = file.split('/');
  // Files in apps/ itself are for every app; an app does not import from another.
  if (top === 'apps' && !file.includes('/', 'apps/'.length)) return top;
  if (['libs', 'apps'].includes(top)) return `${top}/${name}`;
  return ['test', 'bench', 'migrations'].includes(top) ? top : TOOLS;
}

function isPackage(specifier, name) {
  return specifier === name || specifier.startsWith(`${name}/`);
}
