import { defineJob } from '@parley/kernel';

/** Which invitation to mail: a later issue has taken the place of an earlier one. */
export interface InvitationToMail {
  readonly workspaceId: string;
  readonly userId: string;
  readonly issue: number;
}

/** Mails somebody the link by which they join a workspace. */
export const MAIL_INVITATION = defineJob<InvitationToMail>('teams.mail-invitation');
