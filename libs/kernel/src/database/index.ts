export { type Bind, createBinder } from './bind.js';
export { mapConstraintErrors, violatedConstraint } from './constraint-errors.js';
export { Database } from './database.js';
export { startEmbeddedPostgres } from './embedded-postgres.js';
export { type EmbeddedPostgres } from './embedded/server-handle.js';
export { escapeLike } from './like.js';
export { migrate } from './migrate.js';
export { composedStatement, shortRead, statement, type Statement } from './statement.js';
export { UnitOfWork } from './unit-of-work.js';
