import type { Mail } from '@parley/kernel/mail';

/** Recipient and details of an invitation. */
export interface InvitationRecipient {
  readonly email: string;
  readonly name: string;
  readonly workspaceName: string;
  /** Null if a service key created the invitation, or if the inviting user no longer exists. */
  readonly inviterName: string | null;
}

/** Mail with the link of an invitation. */
export function buildInvitationMail(
  { email, name, workspaceName, inviterName }: InvitationRecipient,
  url: string,
): Mail {
  const text = [
    `Hello ${name},`,
    `${inviterName === null ? 'You have been invited' : `${inviterName} has invited you`} to join ` +
      `${workspaceName} on Parley. Open this link within seven days to accept:`,
    url,
    'The link works once. If you were not expecting this invitation, ignore this e-mail.',
  ];
  return {
    to: email,
    subject: `Join ${workspaceName.replace(/\s+/g, ' ')} on Parley`,
    text: `${text.join('\n\n')}\n`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}
