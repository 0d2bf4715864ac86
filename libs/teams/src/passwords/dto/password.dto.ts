import { EmailField, StringField, DateField } from '@parley/kernel/http';
import type { PasswordResetLink } from '../password-resets.service.js';
import { MAX_PASSWORD_LENGTH, PASSWORD_RULE, MIN_PASSWORD_LENGTH } from '../password-policy.js';

/** How to change one's password. */
export class ChangePasswordDto {
  @StringField({
    description: 'The password as it is.',
    min: 1,
    max: MAX_PASSWORD_LENGTH,
    example: 'correct horse battery',
  })
  current_password: string;

  @StringField({
    description: `The password as it is to be: another one. ${PASSWORD_RULE}`,
    min: MIN_PASSWORD_LENGTH,
    max: MAX_PASSWORD_LENGTH,
    example: 'staple battery horse correct',
  })
  new_password: string;
}

/** Who has forgotten their password. */
export class RequestPasswordResetDto {
  @EmailField({ description: 'Your login.', example: 'sarah@acme.example' })
  email: string;
}

/** What became of the request: the same whether or not anybody has that e-mail. */
export class PasswordResetRequestedDto {
  @StringField({
    description: 'What to do next, in words.',
    example: 'If somebody signs in with this e-mail, a link is on its way to them',
  })
  message: string;
}

/** A new password for an old one that was forgotten. */
export class ConfirmPasswordResetDto {
  @StringField({
    description: 'What the link has behind `#token=`. Works once, for an hour.',
    min: 10,
    max: 200,
    example: 'pr_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  })
  token: string;

  @StringField({
    description: `The password as it is to be: another one. ${PASSWORD_RULE}`,
    min: MIN_PASSWORD_LENGTH,
    max: MAX_PASSWORD_LENGTH,
    example: 'staple battery horse correct',
  })
  password: string;
}

/** A link that sets a password. */
export class PasswordResetLinkDto {
  @StringField({
    description: 'What to open. This is the only time it is shown.',
    max: 2048,
    example: 'https://support.acme.example/reset-password#token=pr_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  })
  url: string;

  @StringField({
    description: 'The token in it, for `POST /v1/auth/password-reset/confirm`.',
    example: 'pr_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  })
  token: string;

  @DateField({ description: 'When it stops working.' })
  expires_at: string;
}

/** Puts a link on the wire, the one time. */
export function toPasswordResetLinkDto({ url, token, expiresAt }: PasswordResetLink): PasswordResetLinkDto {
  return { url, token, expires_at: expiresAt };
}
