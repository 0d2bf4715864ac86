import { defineJob } from '@parley/kernel';

/** Whom to mail what they have not read. */
export interface MemberToMail {
  readonly workspaceId: string;
  readonly userId: string;
}

/** Mails a member what they have been told of and not read, in one mail. Tried again over some hours. */
export const MAIL_NOTIFICATIONS = defineJob<MemberToMail>('teams.mail-notifications', { attempts: 14 });
