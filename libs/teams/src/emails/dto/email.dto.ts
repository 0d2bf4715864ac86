import { EmailField, BooleanField, StringField, StringListField, DateField } from '@parley/kernel/http';
import { MAX_PASSWORD_LENGTH } from '../../passwords/password-policy.js';
import type { EmailChangeLink, EmailChangePreview, EmailChangeView } from '../email-change.view.js';

const TOKEN = 'ec_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

export class ChangeEmailDto {
  @StringField({
    description: 'Current password of the caller.',
    min: 1,
    max: MAX_PASSWORD_LENGTH,
    example: 'correct horse battery',
  })
  password: string;

  @EmailField({ description: 'New e-mail address.', example: 'sarah.chen@acme.example', signIn: true })
  email: string;
}

/** E-mail change that is not confirmed yet. */
export class EmailChangeDto {
  @EmailField({ description: 'New e-mail address.', example: 'sarah.chen@acme.example' })
  email: string;

  @BooleanField({
    description:
      'True if a confirmation link was queued for sending. False if the server has no SMTP settings; an admin ' +
      'must then create the link.',
    example: true,
  })
  mailed: boolean;

  @DateField({ description: 'Time until which the change can be confirmed.' })
  expires_at: string;
}

export class ConfirmEmailDto {
  @StringField({
    description: 'Token from the fragment (`#token=`) of the link. It works once and expires after a day.',
    min: 10,
    max: 200,
    example: TOKEN,
  })
  token: string;
}

export class PreviewEmailChangeDto extends ConfirmEmailDto {}

/** E-mail change as shown to the holder of its token. */
export class EmailChangePreviewDto {
  @EmailField({ description: 'New e-mail address.', example: 'sarah.chen@acme.example' })
  email: string;

  @EmailField({ description: 'Current e-mail address of the account.', example: 'sarah@acme.example' })
  previous_email: string;

  @StringListField({ description: 'Names of the workspaces that the user signs in to.', example: ['Acme Support'] })
  workspace_names: string[];

  @StringField({ description: 'Language of the first workspace as a BCP 47 tag.', max: 35, example: 'en' })
  locale: string;

  @DateField({ description: 'Time at which the link expires.' })
  expires_at: string;
}

export function toEmailChangePreviewDto({
  email,
  previousEmail,
  workspaceNames,
  locale,
  expiresAt,
}: EmailChangePreview): EmailChangePreviewDto {
  return {
    email,
    previous_email: previousEmail,
    workspace_names: [...workspaceNames],
    locale,
    expires_at: expiresAt,
  };
}

/** Link that confirms an e-mail change. */
export class EmailChangeLinkDto {
  @EmailField({ description: 'New e-mail address that the user requested.', example: 'sarah.chen@acme.example' })
  email: string;

  @StringField({
    description: 'Link for the user to open. It is not shown again.',
    max: 2048,
    example: `https://support.acme.example/confirm-email#token=${TOKEN}`,
  })
  url: string;

  @StringField({ description: 'Token of the link, for `POST /v1/auth/email/confirm`.', example: TOKEN })
  token: string;

  @DateField({ description: 'Time at which the link expires.' })
  expires_at: string;
}

export function toEmailChangeDto({ email, mailed, expiresAt }: EmailChangeView): EmailChangeDto {
  return { email, mailed, expires_at: expiresAt };
}

export function toEmailChangeLinkDto({ email, url, token, expiresAt }: EmailChangeLink): EmailChangeLinkDto {
  return { email, url, token, expires_at: expiresAt };
}
