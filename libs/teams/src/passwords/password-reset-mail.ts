import type { Mail } from '@parley/kernel/mail';

/** User who requested a password reset. */
export interface PasswordResetRecipient {
  readonly email: string;
  readonly name: string;
  /** Workspaces that the password gives access to. */
  readonly workspaceNames: readonly string[];
}

/** Mail with a password reset link. */
export function buildPasswordResetMail({ email, name, workspaceNames }: PasswordResetRecipient, url: string): Mail {
  const text = [
    `Hello ${name},`,
    `We received a request to reset the password of ${email} for ${workspaceNames.join(', ')} on Parley. Open this ` +
      'link within an hour to choose a new one:',
    url,
    'The link works once. If you did not request this, ignore this e-mail: your password will not change.',
  ];
  return {
    to: email,
    subject: 'Reset your password',
    text: `${text.join('\n\n')}\n`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}
