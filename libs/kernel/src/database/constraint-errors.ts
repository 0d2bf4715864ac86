import type { DomainError } from '../errors/domain-error.js';

/** The constraint of the database that a write went against, if that is why it failed. */
export function violatedConstraint(error: unknown): string | null {
  const { constraint, driverError } = error as { constraint?: string; driverError?: { constraint?: string } };
  return constraint ?? driverError?.constraint ?? null;
}

/** Runs a write; going against one of the constraints is refused by the error given for it. */
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
