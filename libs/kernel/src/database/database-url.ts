/** Injection token of the URL of the Postgres database that the process works on. */
export const DATABASE_URL = Symbol('parley.database-url');
