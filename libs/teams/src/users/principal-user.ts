import { unprocessableError, type Principal } from '@parley/kernel';

/** The user behind a credential. @throws DomainError UNPROCESSABLE for a service key, which is nobody. */
export function requireUserId({ userId }: Principal): string {
  if (userId === null) throw unprocessableError('A service key is nobody: sign in, or use a personal key');
  return userId;
}
