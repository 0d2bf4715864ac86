import { defineJob } from '@parley/kernel/jobs';

/** Mails a link that sets a new password to whoever signs in with this e-mail, if anybody does. */
export const MAIL_PASSWORD_RESET = defineJob<{ readonly email: string }>('teams.mail-password-reset');
