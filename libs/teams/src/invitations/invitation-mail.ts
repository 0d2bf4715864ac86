import type { Mail } from '@parley/kernel/mail';

/** Who is invited where, and by whom. */
export interface InvitationRecipient {
  readonly email: string;
  readonly name: string;
  readonly workspaceName: string;
  /** Null when a service invited them, or somebody who is gone. */
  readonly inviterName: string | null;
}

/** The mail that lets somebody join a workspace. */
export function buildInvitationMail(
  { email, name, workspaceName, inviterName }: InvitationRecipient,
  url: string,
): Mail {
  const text = [
    `Hello ${name},`,
    `${inviterName === null ? 'you are invited' : `${inviterName} invites you`} to answer customers together in ${workspaceName} on Parley. Join here within the next seven days:`,
    url,
    'The link works once. If you do not know what this is about, leave it be.',
  ];
  return {
    to: email,
    subject: `Join ${workspaceName.replace(/\s+/g, ' ')} on Parley`,
    text: `${text.join('\n\n')}\n`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}
