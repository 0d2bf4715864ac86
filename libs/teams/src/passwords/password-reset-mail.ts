import type { Mail } from '@parley/kernel/mail';

/** The mail that lets somebody set a new password. */
export function buildPasswordResetMail({ email, name }: { email: string; name: string }, url: string): Mail {
  const text = [
    `Hello ${name},`,
    'somebody, most likely you, asked to reset the password that you sign in to Parley with. Choose a new one here within the next hour:',
    url,
    'The link works once. If you did not ask for it, leave it be: your password stays as it is.',
  ];
  return {
    to: email,
    subject: 'Reset your password',
    text: `${text.join('\n\n')}\n`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}
