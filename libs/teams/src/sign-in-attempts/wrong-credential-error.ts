import { DomainError, InvalidInputError, type ErrorCode } from '@parley/kernel';

/** Wrong password or code of a user who signs in. Counts as a failed attempt. */
export class WrongCredentialError extends DomainError {
  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}) {
    super(code, message, details);
  }
}

/** Wrong password in a field of an input. Counts as a failed attempt. */
export class WrongPasswordError extends InvalidInputError {
  constructor(field: string, message: string) {
    super([{ path: [field], message }]);
  }
}
