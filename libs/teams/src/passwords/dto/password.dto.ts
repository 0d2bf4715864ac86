import { EmailField, StringField, StringListField, DateField } from '@parley/kernel/http';
import type { PasswordResetPreview } from '../password-reset.view.js';
import type { PasswordResetLink } from '../password-resets.service.js';
import { MAX_PASSWORD_LENGTH, PASSWORD_RULE, MIN_PASSWORD_LENGTH } from '../password-policy.js';

export class ChangePasswordDto {
  @StringField({
    description: 'Current password.',
    min: 1,
    max: MAX_PASSWORD_LENGTH,
    example: 'correct horse battery',
  })
  current_password: string;

  @StringField({
    description: `New password. Must differ from the current one. ${PASSWORD_RULE}`,
    min: MIN_PASSWORD_LENGTH,
    max: MAX_PASSWORD_LENGTH,
    example: 'staple battery horse correct',
  })
  new_password: string;
}

export class RequestPasswordResetDto {
  @EmailField({ description: 'E-mail of the account.', example: 'sarah@acme.example', signIn: true })
  email: string;
}

/** Response to a reset request. It is the same for e-mails without an account. */
export class PasswordResetRequestedDto {
  @StringField({
    description: 'Text to show to the user.',
    example: 'If an account with this e-mail exists, a password reset link will be sent to it',
  })
  message: string;
}

const TOKEN_OPTIONS = {
  description: 'Token from the fragment (`#token=`) of the link. It works once and expires after an hour.',
  min: 10,
  max: 200,
  example: 'pr_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
} as const;

export class PreviewPasswordResetDto {
  @StringField(TOKEN_OPTIONS)
  token: string;
}

/** Password reset as shown to the holder of its token. */
export class PasswordResetPreviewDto {
  @EmailField({ description: 'E-mail of the account.', example: 'sarah@acme.example' })
  email: string;

  @StringListField({
    description: 'Names of the workspaces that the password gives access to.',
    example: ['Acme Support'],
  })
  workspace_names: string[];

  @StringField({ description: 'Language of the first workspace as a BCP 47 tag.', max: 35, example: 'en' })
  locale: string;

  @DateField({ description: 'Time at which the link expires.' })
  expires_at: string;
}

export function toPasswordResetPreviewDto({
  email,
  workspaceNames,
  locale,
  expiresAt,
}: PasswordResetPreview): PasswordResetPreviewDto {
  return { email, workspace_names: [...workspaceNames], locale, expires_at: expiresAt };
}

export class ConfirmPasswordResetDto {
  @StringField(TOKEN_OPTIONS)
  token: string;

  @StringField({
    description: `New password. Must differ from the current one. ${PASSWORD_RULE}`,
    min: MIN_PASSWORD_LENGTH,
    max: MAX_PASSWORD_LENGTH,
    example: 'staple battery horse correct',
  })
  password: string;
}

/** Link that resets a password. */
export class PasswordResetLinkDto {
  @StringField({
    description: 'Link for the user to open. It is not shown again.',
    max: 2048,
    example: 'https://support.acme.example/reset-password#token=pr_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  })
  url: string;

  @StringField({
    description: 'Token of the link, for `POST /v1/auth/password-reset/confirm`.',
    example: 'pr_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  })
  token: string;

  @DateField({ description: 'Time at which the link expires.' })
  expires_at: string;
}

export function toPasswordResetLinkDto({ url, token, expiresAt }: PasswordResetLink): PasswordResetLinkDto {
  return { url, token, expires_at: expiresAt };
}
