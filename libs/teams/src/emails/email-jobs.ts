import { defineJob } from '@parley/kernel/jobs';

/** Mails the link that confirms an e-mail to that e-mail. */
export const MAIL_EMAIL_CHANGE = defineJob<{ readonly changeId: string }>('teams.mail-email-change');

/** Tells whoever reads the e-mail before that it is no login any more, where the server sends mails. */
export const MAIL_EMAIL_CHANGED = defineJob<{ readonly email: string }>('teams.mail-email-changed');
