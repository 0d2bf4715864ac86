import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '@parley/kernel/http';
import type { FastifyReply } from 'fastify';
import { EMAIL_TEXTS, INVITATION_TEXTS, RESET_TEXTS } from './page-texts.js';
import { PAGE_POLICY, renderTokenPage } from './token-page.js';

const NEW_PASSWORD_FIELD = {
  name: 'password',
  label: 'newPassword',
  type: 'password',
  autocomplete: 'new-password',
  required: true,
} as const;

const RESET_PASSWORD_PAGE = renderTokenPage({
  texts: RESET_TEXTS,
  fields: [NEW_PASSWORD_FIELD],
  previewPath: '/v1/auth/password-reset/preview',
  submitPath: '/v1/auth/password-reset/confirm',
});

const ACCEPT_INVITATION_PAGE = renderTokenPage({
  texts: INVITATION_TEXTS,
  fields: [
    { name: 'name', label: 'name', type: 'text', autocomplete: 'name', required: true, shownFor: ['new'] },
    { ...NEW_PASSWORD_FIELD, shownFor: ['new'] },
    {
      name: 'password',
      label: 'currentPassword',
      type: 'password',
      autocomplete: 'current-password',
      required: true,
      shownFor: ['existing'],
    },
    {
      name: 'totp_code',
      label: 'code',
      type: 'text',
      autocomplete: 'one-time-code',
      required: false,
      shownFor: ['existing'],
    },
  ],
  previewPath: '/v1/auth/invitations/preview',
  submitPath: '/v1/auth/invitations/accept',
});

const CONFIRM_EMAIL_PAGE = renderTokenPage({
  texts: EMAIL_TEXTS,
  fields: [],
  previewPath: '/v1/auth/email/preview',
  submitPath: '/v1/auth/email/confirm',
});

/** HTML pages that links in mails lead to. */
@ApiTags('Pages')
@Controller()
export class PagesController {
  @Get('reset-password')
  @Operation({
    summary: 'Get the password reset page',
    description:
      'HTML page that password reset links lead to. It reads the token from the URL fragment and posts it to ' +
      '`/v1/auth/password-reset/confirm`. Shown in the language of the workspace: en, de, es or fr.',
    access: 'public',
    response: { media: 'text/html', description: 'HTML page.' },
  })
  async resetPassword(@Res() reply: FastifyReply): Promise<void> {
    await sendPage(reply, RESET_PASSWORD_PAGE);
  }

  @Get('confirm-email')
  @Operation({
    summary: 'Get the e-mail confirmation page',
    description:
      'HTML page that e-mail confirmation links lead to. It reads the token from the URL fragment and posts it ' +
      'to `/v1/auth/email/confirm`. Shown in the language of the workspace: en, de, es or fr.',
    access: 'public',
    response: { media: 'text/html', description: 'HTML page.' },
  })
  async confirmEmail(@Res() reply: FastifyReply): Promise<void> {
    await sendPage(reply, CONFIRM_EMAIL_PAGE);
  }

  @Get('accept-invitation')
  @Operation({
    summary: 'Get the invitation acceptance page',
    description:
      'HTML page that invitation links lead to. It reads the token from the URL fragment and posts it to ' +
      '`/v1/auth/invitations/accept`. Shown in the language of the workspace: en, de, es or fr.',
    access: 'public',
    response: { media: 'text/html', description: 'HTML page.' },
  })
  async acceptInvitation(@Res() reply: FastifyReply): Promise<void> {
    await sendPage(reply, ACCEPT_INVITATION_PAGE);
  }
}

async function sendPage(reply: FastifyReply, html: string): Promise<void> {
  await reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', PAGE_POLICY)
    .header('referrer-policy', 'no-referrer')
    .header('x-content-type-options', 'nosniff')
    .send(html);
}
