import type { Mail } from '@parley/kernel/mail';

const HEADERS = { 'Auto-Submitted': 'auto-generated' };

/** The mail that lets somebody confirm the e-mail that they want to sign in with. */
export function buildEmailChangeMail({ email, name }: { email: string; name: string }, url: string): Mail {
  const text = [
    `Hello ${name},`,
    'somebody, most likely you, asked to sign in to Parley with this e-mail address from now on. Confirm within a day that it is yours:',
    url,
    'The link works once. If you did not ask for it, leave it be: nothing changes.',
  ];
  return { to: email, subject: 'Confirm your new e-mail', text: `${text.join('\n\n')}\n`, headers: HEADERS };
}

/** The mail that tells of it at the address before, where somebody may wonder. */
export function buildEmailChangedMail(email: string): Mail {
  const text = [
    'Hello,',
    'whoever signed in to Parley with this e-mail address signs in with another one from now on.',
    'If that was not you, tell an admin of your workspace at once.',
  ];
  return { to: email, subject: 'Your e-mail was changed', text: `${text.join('\n\n')}\n`, headers: HEADERS };
}
