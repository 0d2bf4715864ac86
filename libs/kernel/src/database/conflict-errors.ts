/** SQLSTATEs of transactions that Postgres ends because of another one: serialization failures and deadlocks. */
const CONFLICT_CODES: ReadonlySet<unknown> = new Set(['40001', '40P01']);

/** Whether a transaction was ended because of another one, so that it can succeed when it runs again. */
export function isConflictError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, driverError } = error as { code?: unknown; driverError?: unknown };
  if (driverError !== undefined && driverError !== error) return isConflictError(driverError);
  return 'severity' in error && CONFLICT_CODES.has(code);
}
