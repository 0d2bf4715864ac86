export { startEmbeddedPostgres } from './embedded-postgres.js';
export { type EmbeddedPostgres } from './server-handle.js';
