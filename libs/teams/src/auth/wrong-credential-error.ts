import { DomainError, type ErrorCode } from '@parley/kernel';

/** A password or code was not right: the only refusal that counts as a wrong try. */
export class WrongCredentialError extends DomainError {
  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}) {
    super(code, message, details);
  }
}
