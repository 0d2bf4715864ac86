export { type Bind, createBinder } from './bind.js';
export { int8Transformer, isoTimeTransformer, SERIAL_COLUMN } from './column-types.js';
export { mapConstraintErrors, violatedConstraint } from './constraint-errors.js';
export { Database } from './database.js';
export { columnsOf } from './entity-columns.js';
export { escapeLike } from './like.js';
export { migrate } from './migrate.js';
export { composedStatement, shortRead, statement, type Statement } from './statement.js';
export { UnitOfWork } from './unit-of-work.js';
