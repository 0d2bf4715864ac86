import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Completes package-lock.json for the platforms that npm left out: an `npm install` records only those
 * prebuilt binaries that it could look up, and `npm ci` then refuses the file everywhere. Run it after
 * `npm install`; it changes nothing when nothing is missing.
 */
const LOCK = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const SYSTEMS = ['darwin', 'win32', 'linux', 'freebsd', 'android', 'openharmony', 'sunos'];
const PROCESSORS = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 's390x', 'riscv64', 'loong64', 'wasm32', 'universal'];

const lock = JSON.parse(readFileSync(LOCK, 'utf8'));
let added = 0;
for (const [place, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (place === '' || isLocked(place, name)) continue;
    lock.packages[`node_modules/${name}`] = missing(name, version, entry);
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
if (added > 0) writeFileSync(LOCK, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} packages of other platforms added`);

function isLocked(place, name) {
  return `node_modules/${name}` in lock.packages || `${place}/node_modules/${name}` in lock.packages;
}

function missing(name, version, parent) {
  const words = name.split(/[-/]/);
  const os = SYSTEMS.filter((system) => words.some((word) => word.startsWith(system)));
  const cpu = PROCESSORS.filter((processor) => words.some((word) => word === processor || word === `${processor}eabi`));
  if (words.includes('gnueabihf') || words.includes('eabi')) cpu.push('arm');
  const entry = { version: version.replace(/^[\^~]/, ''), optional: true };
  if (parent.dev) entry.dev = true;
  if (os.length > 0) entry.os = os;
  if (cpu.length > 0) entry.cpu = [...new Set(cpu)];
  if (os.length === 0 && !words.includes('wasm32')) throw new Error(`${name}: no platform in its name`);
  return entry;
}
