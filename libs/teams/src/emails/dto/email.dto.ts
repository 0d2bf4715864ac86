import { EmailField, BooleanField, StringField, DateField } from '@parley/kernel/http';
import { MAX_PASSWORD_LENGTH } from '../../passwords/password-policy.js';
import type { EmailChangeLink, EmailChangeView } from '../email-change.view.js';

const TOKEN = 'ec_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/** What to sign in with from now on. */
export class ChangeEmailDto {
  @StringField({ description: 'Your password.', min: 1, max: MAX_PASSWORD_LENGTH, example: 'correct horse battery' })
  password: string;

  @EmailField({ description: 'The address as it is to be.', example: 'sarah.chen@acme.example' })
  email: string;
}

/** An e-mail that waits to be confirmed. */
export class EmailChangeDto {
  @EmailField({ description: 'The address as it is to be.', example: 'sarah.chen@acme.example' })
  email: string;

  @BooleanField({
    description:
      'Whether a link is on its way to it; false where the server has no SMTP set, so that an admin has to make one.',
    example: true,
  })
  mailed: boolean;

  @DateField({ description: 'Until when it can be confirmed.' })
  expires_at: string;
}

/** What shows that an address is one's own. */
export class ConfirmEmailDto {
  @StringField({
    description: 'What the link has behind `#token=`. Works once, for a day.',
    min: 10,
    max: 200,
    example: TOKEN,
  })
  token: string;
}

/** A link that confirms an e-mail. */
export class EmailChangeLinkDto {
  @EmailField({ description: 'The address that the user has asked for.', example: 'sarah.chen@acme.example' })
  email: string;

  @StringField({
    description: 'What to open. This is the only time it is shown.',
    max: 2048,
    example: `https://support.acme.example/confirm-email#token=${TOKEN}`,
  })
  url: string;

  @StringField({ description: 'The token in it, for `POST /v1/auth/email/confirm`.', example: TOKEN })
  token: string;

  @DateField({ description: 'When it stops working.' })
  expires_at: string;
}

/** Puts a change on the wire. */
export function toEmailChangeDto({ email, mailed, expiresAt }: EmailChangeView): EmailChangeDto {
  return { email, mailed, expires_at: expiresAt };
}

/** Puts a link on the wire, the one time. */
export function toEmailChangeLinkDto({ email, url, token, expiresAt }: EmailChangeLink): EmailChangeLinkDto {
  return { email, url, token, expires_at: expiresAt };
}
