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
  buttonLabel: 'Set the password',
  submitPath: '/v1/auth/password-reset/confirm',
  successMessage: 'Done: sign in with your new password.',
});

const ACCEPT_INVITATION_PAGE = renderTokenPage({
  title: 'Accept the invitation',
  introduction: `If you have an account on this server, enter its password. If you are new here, say your name and choose a password. ${PASSWORD_RULE}`,
  fields: [
    { name: 'name', label: 'Name', type: 'text', autocomplete: 'name', required: false },
    { name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', required: true },
    {
      name: 'totp_code',
      label: 'Code of your second factor, if you use one',
      type: 'text',
      autocomplete: 'one-time-code',
      required: false,
    },
  ],
  buttonLabel: 'Join',
  submitPath: '/v1/auth/invitations/accept',
  successMessage: 'Welcome! You can sign in now.',
});

const CONFIRM_EMAIL_PAGE = renderTokenPage({
  title: 'Confirm your new e-mail',
  introduction: 'You sign in with it from then on.',
  fields: [],
  buttonLabel: 'It is mine',
  submitPath: '/v1/auth/email/confirm',
  successMessage: 'Done: sign in with your new e-mail.',
});

/** Where the links in mails lead. */
@ApiTags('Teams')
@Controller()
export class PagesController {
  @Get('reset-password')
  @Operation({
    summary: 'Page to choose a new password',
    description:
      'Where links to reset a password lead. It takes the token from the fragment and posts it to `/v1/auth/password-reset/confirm`.',
    access: 'public',
    response: { media: 'text/html', description: 'The page.' },
  })
  async resetPassword(@Res() reply: FastifyReply): Promise<void> {
    await sendPage(reply, RESET_PASSWORD_PAGE);
  }

  @Get('confirm-email')
  @Operation({
    summary: 'Page to confirm a new e-mail',
    description:
      'Where links that confirm an e-mail lead. It takes the token from the fragment and posts it to `/v1/auth/email/confirm`.',
    access: 'public',
    response: { media: 'text/html', description: 'The page.' },
  })
  async confirmEmail(@Res() reply: FastifyReply): Promise<void> {
    await sendPage(reply, CONFIRM_EMAIL_PAGE);
  }

  @Get('accept-invitation')
  @Operation({
    summary: 'Page to accept an invitation',
    description:
      'Where links of invitations lead. It takes the token from the fragment and posts it to `/v1/auth/invitations/accept`.',
    access: 'public',
    response: { media: 'text/html', description: 'The page.' },
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
