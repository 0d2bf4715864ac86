import type { DomainError } from '../errors/domain-error.js';

/** Name of the database constraint that a failed write violated, or null if it failed for another reason. */
export function violatedConstraint(error: unknown): string | null {
  const { constraint, driverError } = error as { constraint?: string; driverError?: { constraint?: string } };
  return constraint ?? driverError?.constraint ?? null;
}

/** Runs a write and replaces the violation of a constraint by the error given for it. */
export async function mapConstraintErrors<T>(
  errorFactories: Readonly<Record<string, () => DomainError>>,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw errorFactories[violatedConstraint(error) ?? '']?.() ?? error;
  }
}
