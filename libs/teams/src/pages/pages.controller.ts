import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '@parley/kernel/http';
import type { FastifyReply } from 'fastify';
import { PASSWORD_RULE } from '../passwords/password-policy.js';
import { PAGE_POLICY, renderTokenPage } from './token-page.js';

const RESET_PASSWORD_PAGE = renderTokenPage({
  title: 'Choose a new password',
  introduction: `${PASSWORD_RULE} You will be signed out everywhere.`,
  fields: [{ name: 'password', label: 'New password', type: 'password', autocomplete: 'new-password', required: true }],
  buttonLabel: 'Set password',
  submitPath: '/v1/auth/password-reset/confirm',
  successMessage: 'Your password has been changed. You can now sign in with it.',
});

const ACCEPT_INVITATION_PAGE = renderTokenPage({
  title: 'Accept the invitation',
  introduction:
    'If you have an account on this server, enter its password. Otherwise, enter your name and choose a password. ' +
    `${PASSWORD_RULE}`,
  fields: [
    { name: 'name', label: 'Name', type: 'text', autocomplete: 'name', required: false },
    { name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', required: true },
    {
      name: 'totp_code',
      label: 'Two-factor code, if you use one',
      type: 'text',
      autocomplete: 'one-time-code',
      required: false,
    },
  ],
  buttonLabel: 'Join',
  submitPath: '/v1/auth/invitations/accept',
  successMessage: 'Welcome! You can now sign in.',
});

const CONFIRM_EMAIL_PAGE = renderTokenPage({
  title: 'Confirm your new e-mail address',
  introduction: 'You will use this address to sign in.',
  fields: [],
  buttonLabel: 'Confirm address',
  submitPath: '/v1/auth/email/confirm',
  successMessage: 'Your e-mail address has been changed. You can now sign in with it.',
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
      '`/v1/auth/password-reset/confirm`.',
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
      'to `/v1/auth/email/confirm`.',
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
      '`/v1/auth/invitations/accept`.',
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
