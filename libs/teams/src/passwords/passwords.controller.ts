import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import type { FastifyRequest } from 'fastify';
import { SIGN_IN } from '../teams.rate-classes.js';
import { PasswordResetConfirmationService } from './password-reset-confirmation.service.js';
import {
  ChangePasswordDto,
  ConfirmPasswordResetDto,
  PasswordResetPreviewDto,
  PasswordResetRequestedDto,
  PreviewPasswordResetDto,
  RequestPasswordResetDto,
  toPasswordResetPreviewDto,
} from './dto/password.dto.js';
import { PasswordResetsService } from './password-resets.service.js';
import { PasswordsService } from './passwords.service.js';

/** Password changes and resets. */
@ApiTags('Sign-in')
@Controller('v1/auth')
export class PasswordsController {
  constructor(
    private readonly passwords: PasswordsService,
    private readonly resets: PasswordResetsService,
    private readonly confirmation: PasswordResetConfirmationService,
  ) {}

  @Post('password')
  @Operation({
    summary: "Change the current user's password",
    description:
      'Revokes all of your other sessions, in all workspaces. API keys stay valid. Fails with 403 if ' +
      'your account can join other workspaces and you did not sign in with its password, and with 422 if you have ' +
      'no password.',
    access: 'in-person',
    response: { empty: true },
    errors: ['UNPROCESSABLE'],
    rateClass: SIGN_IN,
  })
  async change(
    @CurrentPrincipal() principal: Principal,
    @Body() body: ChangePasswordDto,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.passwords.change(principal, body.current_password, body.new_password, request.ip);
  }

  @Post('password-reset')
  @Operation({
    summary: 'Request a password reset',
    description:
      'Mails a link to the user with this e-mail, at most five times per hour. If the server has no SMTP ' +
      'settings, an admin can create a link with `POST /v1/users/{id}/password-reset`. The response is the same ' +
      'if there is no such user.',
    access: 'public',
    response: { item: PasswordResetRequestedDto, status: 202 },
    rateClass: SIGN_IN,
  })
  async request(@Body() body: RequestPasswordResetDto): Promise<ItemResponse<PasswordResetRequestedDto>> {
    await this.resets.request(body.email);
    return toResponse({ message: 'If an account with this e-mail exists, a password reset link will be sent to it' });
  }

  @Post('password-reset/preview')
  @Operation({
    summary: 'Preview a password reset',
    description: 'Returns the account of a token. Does not use up the token.',
    access: 'public',
    response: { item: PasswordResetPreviewDto },
    errors: ['UNAUTHORIZED'],
    rateClass: SIGN_IN,
  })
  async preview(@Body() body: PreviewPasswordResetDto): Promise<ItemResponse<PasswordResetPreviewDto>> {
    return toResponse(toPasswordResetPreviewDto(await this.confirmation.preview(body.token)));
  }

  @Post('password-reset/confirm')
  @Operation({
    summary: 'Reset a password',
    description:
      'Sets a new password with the token of a reset link. A mailed link also proves the address: an account of one ' +
      'workspace then holds it on the whole server, unless another account does or a second factor is enabled. Revokes all sessions of the user in all workspaces, and ' +
      'all of their reset tokens.',
    access: 'public',
    response: { empty: true },
    errors: ['UNAUTHORIZED'],
    rateClass: SIGN_IN,
  })
  async confirm(@Body() body: ConfirmPasswordResetDto, @Req() request: FastifyRequest): Promise<void> {
    await this.confirmation.confirm(body.token, body.password, request.ip);
  }
}
