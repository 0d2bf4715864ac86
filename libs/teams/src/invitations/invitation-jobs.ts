import { defineJob } from '@parley/kernel/jobs';

/** Invitation to mail. `issue` is its number: a later issue replaces an earlier one. */
export interface MailInvitationPayload {
  readonly workspaceId: string;
  readonly userId: string;
  readonly issue: number;
}

/** Mails the link of an invitation. Retried for some minutes. */
export const MAIL_INVITATION = defineJob<MailInvitationPayload>('teams.mail-invitation', { attempts: 10 });
