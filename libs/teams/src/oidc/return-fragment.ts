import { DomainError } from '@parley/kernel';
import type { SignInView } from '../auth/sign-in-tokens.service.js';

/** Builds the return URL with the tokens or the error in the fragment, which is not sent to servers. */
export function buildReturnUrl(returnTo: string, result: SignInView | DomainError): string {
  const url = new URL(returnTo);
  url.hash = new URLSearchParams(
    result instanceof DomainError ? toErrorParameters(result) : toTokenParameters(result),
  ).toString();
  return url.href;
}

function toTokenParameters({
  accessToken,
  refreshToken,
  expiresInSeconds,
  workspaceId,
  userId,
}: SignInView): Record<string, string> {
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in_seconds: String(expiresInSeconds),
    refresh_token: refreshToken,
    workspace_id: workspaceId,
    user_id: userId,
  };
}

function toErrorParameters({ code, message }: DomainError): Record<string, string> {
  return { error: code, error_description: message };
}
