import { defineJob } from '@parley/kernel/jobs';

/** Member to mail. */
export interface MailNotificationsPayload {
  readonly workspaceId: string;
  readonly userId: string;
}

/** Mails a member their unread notifications in one mail. Retried over several hours. */
export const MAIL_NOTIFICATIONS = defineJob<MailNotificationsPayload>('teams.mail-notifications', { attempts: 14 });
