import type { Mail } from '@parley/kernel/mail';

const HEADERS = { 'Auto-Submitted': 'auto-generated' };

/** Mail with the link that confirms a new e-mail address. */
export function buildEmailChangeMail({ email, name }: { email: string; name: string }, url: string): Mail {
  const text = [
    `Hello ${name},`,
    'We received a request to use this e-mail address to sign in to Parley. Open this link within a day to ' +
      'confirm it:',
    url,
    'The link works once. If you did not request this, ignore this e-mail: nothing will change.',
  ];
  return { to: email, subject: 'Confirm your new e-mail address', text: `${text.join('\n\n')}\n`, headers: HEADERS };
}

/** Mail to the previous address after an e-mail change. */
export function buildEmailChangedMail(email: string): Mail {
  const text = [
    'Hello,',
    'The account that used this e-mail address to sign in to Parley now uses another address.',
    'If you did not make this change, contact an admin of your workspace immediately.',
  ];
  return { to: email, subject: 'Your e-mail address was changed', text: `${text.join('\n\n')}\n`, headers: HEADERS };
}
