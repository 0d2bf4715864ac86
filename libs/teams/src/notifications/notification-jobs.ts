import { defineJob } from '@parley/kernel/jobs';

/** Whom to mail what they have not read. */
export interface MailNotificationsPayload {
  readonly workspaceId: string;
  readonly userId: string;
}

/** Mails a member what they have been told of and not read, in one mail. Tried again over some hours. */
export const MAIL_NOTIFICATIONS = defineJob<MailNotificationsPayload>('teams.mail-notifications', { attempts: 14 });
