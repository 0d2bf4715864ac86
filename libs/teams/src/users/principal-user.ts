import { unprocessableError, type Principal } from '@parley/kernel';

/**
 * Returns the user ID of a credential.
 * @throws DomainError UNPROCESSABLE for a service key.
 */
export function requireUserId({ userId }: Principal): string {
  if (userId === null)
    throw unprocessableError('This endpoint requires a user credential: sign in or use a personal API key');
  return userId;
}
