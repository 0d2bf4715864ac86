import { defineJob } from '@parley/kernel/jobs';

/** Which invitation to mail: a later issue has taken the place of an earlier one. */
export interface MailInvitationPayload {
  readonly workspaceId: string;
  readonly userId: string;
  readonly issue: number;
}

/** Mails somebody the link by which they join a workspace. Tried again for some minutes. */
export const MAIL_INVITATION = defineJob<MailInvitationPayload>('teams.mail-invitation', { attempts: 10 });
