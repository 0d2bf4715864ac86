import { defineJob } from '@parley/kernel/jobs';

/** Mails the confirmation link of an e-mail change to the new address. */
export const MAIL_EMAIL_CHANGE = defineJob<{ readonly changeId: string }>('teams.mail-email-change');

/** Notifies the previous address of an e-mail change, if the server sends mails. */
export const MAIL_EMAIL_CHANGED = defineJob<{ readonly email: string }>('teams.mail-email-changed');
