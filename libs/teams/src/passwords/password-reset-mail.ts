import type { Mail } from '@parley/kernel/mail';

/** Mail with a password reset link. */
export function buildPasswordResetMail({ email, name }: { email: string; name: string }, url: string): Mail {
  const text = [
    `Hello ${name},`,
    'We received a request to reset your Parley password. Open this link within an hour to choose a new one:',
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
