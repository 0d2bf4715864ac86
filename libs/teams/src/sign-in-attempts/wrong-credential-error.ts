import { DomainError, type ErrorCode } from '@parley/kernel';

/** Wrong password or code. The only error that counts as a failed attempt. */
export class WrongCredentialError extends DomainError {
  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}) {
    super(code, message, details);
  }
}
