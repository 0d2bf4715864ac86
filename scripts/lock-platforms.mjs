import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Adds the platforms that npm omitted to package-lock.json. `npm install` records only the prebuilt binaries that it
 * could look up, and `npm ci` then rejects the file on other platforms. Run it after `npm install`. It makes no changes
 * if nothing is missing.
 */
const LOCK = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const SYSTEMS = ['darwin', 'win32', 'linux', 'freebsd', 'android', 'openharmony', 'sunos'];
const PROCESSORS = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 's390x', 'riscv64', 'loong64', 'wasm32', 'universal'];

const lock = JSON.parse(readFileSync(LOCK, 'utf8'));
let added = 0;
for (const [packagePath, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (packagePath === '' || isLocked(packagePath, name)) continue;
    lock.packages[`node_modules/${name}`] = toMissingEntry(name, version, entry);
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
if (added > 0) writeFileSync(LOCK, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} packages of other platforms added`);

function isLocked(packagePath, name) {
  return `node_modules/${name}` in lock.packages || `${packagePath}/node_modules/${name}` in lock.packages;
}

function toMissingEntry(name, version, parent) {
  const parts = name.split(/[-/]/);
  const os = SYSTEMS.filter((system) => parts.some((part) => part.startsWith(system)));
  const cpu = PROCESSORS.filter((processor) => parts.some((part) => part === processor || part === `${processor}eabi`));
  if (parts.includes('gnueabihf') || parts.includes('eabi')) cpu.push('arm');
  const entry = { version: version.replace(/^[\^~]/, ''), optional: true };
  if (parent.dev) entry.dev = true;
  if (os.length > 0) entry.os = os;
  if (cpu.length > 0) entry.cpu = [...new Set(cpu)];
  if (os.length === 0 && !parts.includes('wasm32')) throw new Error(`${name}: the name contains no platform`);
  return entry;
}
