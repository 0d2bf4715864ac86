import type { ColumnOptions, ColumnType, ValueTransformer } from 'typeorm';

/** `timestamptz` column as ISO 8601 text, as in rows of SQL statements. */
export const isoTimeTransformer: ValueTransformer = {
  from: (value: Date | null | undefined) => (value instanceof Date ? value.toISOString() : value),
  to: (value: unknown) => value,
};

/** `bigint` column as a number, as in rows of SQL statements. */
export const int8Transformer: ValueTransformer = {
  from: (value: string | null | undefined) => (typeof value === 'string' ? Number(value) : value),
  to: (value: unknown) => value,
};

/** Type of transaction IDs. {@link createDataSource} adds it to the types that TypeORM accepts. */
export const XID8 = 'xid8' as ColumnType;

/** Options of the column `serial`, an integer ID that Postgres generates. */
export const SERIAL_COLUMN: ColumnOptions = {
  type: 'bigint',
  generated: 'identity',
  generatedIdentity: 'ALWAYS',
  insert: false,
  update: false,
  transformer: int8Transformer,
};
