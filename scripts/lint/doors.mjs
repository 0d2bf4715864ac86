import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Names of the rooms on each floor, the lowest first; a room imports only from lower floors. */
export const floors = JSON.parse(readFileSync(new URL('../../test/architecture/floors.json', import.meta.url), 'utf8'));

const TESTING = '@parley/kernel/testing';

/** Scripts and configuration files. */
const TOOLS = 'the tools';

/** What a file of this kind may not import, and where to go instead. The kind is in the file's suffix. */
const LAYERS = {
  controller: { forbidden: ['repository', 'entity'], remedy: 'call a service and map its view' },
  service: { forbidden: ['controller'], remedy: 'let the controller call the service' },
  repository: { forbidden: ['controller', 'service'], remedy: 'let the service call the repository' },
  entity: { forbidden: ['controller', 'service', 'repository'], remedy: 'keep entities to their columns' },
};

/**
 * Why the file may not import this, as a sentence with the remedy, or null when it may.
 * @param file path from the repository's root, with forward slashes.
 * @param specifier what stands in the import.
 */
export function trespass(file, specifier) {
  if (specifier.startsWith('.')) return relativeTrespass(file, path.posix.join(path.posix.dirname(file), specifier));
  if (specifier.startsWith('@parley/')) return doorTrespass(file, specifier);
  return packageTrespass(file, specifier);
}

/** True for tests and what only tests use. */
export function isTest(file) {
  return /\.(spec|db-spec|e2e-spec)\.ts$|(^|\/)testing\/|^(test|bench)\//.test(file);
}

/** True where the process's environment may be read. */
export function mayReadEnvironment(file) {
  return /^libs\/kernel\/src\/config\/|\.config\.(ts|mjs)$|^scripts\//.test(file) || isTest(file);
}

/** The floor of a room, counted from 0; -1 for a room that has none. */
export function floorOf(room) {
  return floors.findIndex((rooms) => rooms.includes(room));
}

/** The room a file lies in: a lib's name, `apps`, or null outside both. */
export function roomOf(file) {
  const [top, name] = file.split('/');
  if (top === 'libs') return name ?? null;
  return top === 'apps' ? 'apps' : null;
}

function relativeTrespass(file, target) {
  const home = areaOf(file);
  const there = areaOf(target);
  const tools = home === TOOLS || (home === 'test' && there === TOOLS);
  const composing = home.startsWith('apps/') && there === 'apps';
  // What Parley is measured against sends its very statements, which no door publishes.
  const measuring = file === 'bench/captured-sql.ts' || file === 'bench/bare-server.ts';
  if (home !== there && !tools && !composing && !measuring) {
    return `This relative import leaves ${home} for ${there}. Import what ${there} publishes by its door, @parley/<domain>, and if it is not published there, ask that domain for a service or an event.`;
  }
  const layer = LAYERS[kindOf(file)];
  const kind = kindOf(target.replace(/\.js$/, '.ts'));
  if (layer?.forbidden.includes(kind) && !isTest(file)) {
    return `A ${kindOf(file)} does not import a ${kind}: controller → service → repository → entity, never back up and never skipping the service. Here: ${layer.remedy}.`;
  }
  if (isDoor(file) && (['controller', 'repository', 'entity', 'dto'].includes(kind) || target.includes('/dto/'))) {
    return `A domain's index.ts never exports a ${kind ?? 'dto'}. Publish the service, its plain view and command types and the events.`;
  }
  return null;
}

function doorTrespass(file, specifier) {
  const [, room, ...deeper] = specifier.split('/');
  if (specifier === TESTING) {
    return isTest(file) ? null : `${TESTING} is for tests only.`;
  }
  if (deeper.length > 0) {
    return `${specifier} reaches past the door of ${room}. Import from @parley/${room}; what its index.ts does not export is its own affair.`;
  }
  const wanted = floorOf(room);
  if (wanted < 0) return `${room} has no floor. Give it one in test/architecture/floors.json.`;
  const home = roomOf(file);
  if (home === null) return null;
  if (home === room) return `Inside ${room} import by relative path; its own door would make a circle.`;
  const own = floorOf(home);
  if (own < 0) return `${home} has no floor. Give it one in test/architecture/floors.json.`;
  if (wanted < own) return null;
  return wanted === own
    ? `${home} and ${room} stand side by side on one floor and do not import each other. Publish an event in one and subscribe to it in the other.`
    : `${home} stands below ${room} and does not import upwards. Publish an event in ${home} and subscribe to it in ${room}.`;
}

function packageTrespass(file, specifier) {
  if (isTest(file)) return null;
  const inKernelDatabase = file.startsWith('libs/kernel/src/database/') || file.startsWith('migrations/');
  const kind = kindOf(file);
  if (isPackage(specifier, 'typeorm') && !inKernelDatabase && !['repository', 'entity'].includes(kind)) {
    return 'typeorm is imported only by *.repository.ts, *.entity.ts, migrations/ and libs/kernel/src/database. Give the repository a method named after the use case and call that.';
  }
  if (isPackage(specifier, '@nestjs/typeorm') && !inKernelDatabase && !['repository', 'module'].includes(kind)) {
    return '@nestjs/typeorm is imported only by *.module.ts, *.repository.ts and libs/kernel/src/database. Inject the repository class instead.';
  }
  if (
    (isPackage(specifier, 'bull') || isPackage(specifier, '@nestjs/bull')) &&
    !file.startsWith('libs/kernel/src/jobs/')
  ) {
    return 'bull is imported only by libs/kernel/src/jobs. Define a job and enqueue it by the jobs port of @parley/kernel.';
  }
  if (isPure(file) && /^@nestjs\//.test(specifier)) {
    return `${path.posix.basename(file)} is a plain file, a pure decision, and imports neither Nest nor TypeORM. Give it data and return data; or name its kind in its suffix (.service, .module …) if it is something else.`;
  }
  return null;
}

function isPure(file) {
  const room = roomOf(file);
  if (room === null || room === 'apps' || room === 'kernel' || !file.endsWith('.ts')) return false;
  return ![
    'controller',
    'service',
    'repository',
    'entity',
    'dto',
    'subscriber',
    'job',
    'timer',
    'module',
    'config',
  ].includes(kindOf(file));
}

function isDoor(file) {
  return /^libs\/(?!kernel\/)[^/]+\/src\/index\.ts$/.test(file);
}

function kindOf(file) {
  return /\.([a-z]+)\.ts$/.exec(file)?.[1] ?? null;
}

/** The part of the repository that relative imports stay in; only tools may leave theirs. */
function areaOf(file) {
  const [top, name] = file.split('/');
  // What lies in apps/ itself composes for every app; an app stays out of another.
  if (top === 'apps' && !file.includes('/', 'apps/'.length)) return top;
  if (['libs', 'apps'].includes(top)) return `${top}/${name}`;
  return ['test', 'bench', 'migrations'].includes(top) ? top : TOOLS;
}

function isPackage(specifier, name) {
  return specifier === name || specifier.startsWith(`${name}/`);
}
