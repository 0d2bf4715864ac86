import { Email, Text, Time } from '@parley/kernel';
import type { ResetLink } from '../password-resets.service.js';
import { LONGEST_PASSWORD, PASSWORD_RULE, SHORTEST_PASSWORD } from '../password-policy.js';

/** How to change one's password. */
export class ChangePasswordDto {
  @Text({ description: 'The password as it is.', min: 1, max: LONGEST_PASSWORD, example: 'correct horse battery' })
  current_password: string;

  @Text({
    description: `The password as it is to be: another one. ${PASSWORD_RULE}`,
    min: SHORTEST_PASSWORD,
    max: LONGEST_PASSWORD,
    example: 'staple battery horse correct',
  })
  new_password: string;
}

/** Who has forgotten their password. */
export class RequestPasswordResetDto {
  @Email({ description: 'Your login.', example: 'sarah@acme.example' })
  email: string;
}

/** What became of the request: the same whether or not anybody has that e-mail. */
export class PasswordResetRequestedDto {
  @Text({
    description: 'What to do next, in words.',
    example: 'If somebody signs in with this e-mail, a link is on its way to them',
  })
  message: string;
}

/** A new password for an old one that was forgotten. */
export class ConfirmPasswordResetDto {
  @Text({
    description: 'What the link has behind `#token=`. Works once, for an hour.',
    min: 10,
    max: 200,
    example: 'pr_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  })
  token: string;

  @Text({
    description: `The password as it is to be: another one. ${PASSWORD_RULE}`,
    min: SHORTEST_PASSWORD,
    max: LONGEST_PASSWORD,
    example: 'staple battery horse correct',
  })
  password: string;
}

/** A link that sets a password. */
export class PasswordResetLinkDto {
  @Text({
    description: 'What to open. This is the only time it is shown.',
    max: 2048,
    example: 'https://support.acme.example/reset-password#token=pr_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  })
  url: string;

  @Text({
    description: 'The token in it, for `POST /v1/auth/password-reset/confirm`.',
    example: 'pr_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  })
  token: string;

  @Time({ description: 'When it stops working.' })
  expires_at: string;
}

/** Puts a link on the wire, the one time. */
export function toPasswordResetLinkDto({ url, token, expiresAt }: ResetLink): PasswordResetLinkDto {
  return { url, token, expires_at: expiresAt };
}
