import { defineJob } from '@parley/kernel/jobs';

/** Mails a password reset link to the user with this e-mail, if there is one. */
export const MAIL_PASSWORD_RESET = defineJob<{ readonly email: string }>('teams.mail-password-reset');
