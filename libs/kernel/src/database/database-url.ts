/** Injection token of the connection URL of the process's Postgres database. */
export const DATABASE_URL = Symbol('parley.database-url');
