export { cpuTimeOf } from './cpu-time.js';
export { eventually } from './eventually.js';
export { createTestDatabase, type TestDatabase } from './test-database.js';
export { freePort } from './free-port.js';
