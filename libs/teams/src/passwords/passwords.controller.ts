import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import type { FastifyRequest } from 'fastify';
import { PasswordResetConfirmationService } from './password-reset-confirmation.service.js';
import {
  ChangePasswordDto,
  ConfirmPasswordResetDto,
  PasswordResetRequestedDto,
  RequestPasswordResetDto,
} from './dto/password.dto.js';
import { PasswordResetsService } from './password-resets.service.js';
import { PasswordsService } from './passwords.service.js';

/** Changing a password, and setting one that was forgotten. */
@ApiTags('Teams')
@Controller('v1/auth')
export class PasswordsController {
  constructor(
    private readonly passwords: PasswordsService,
    private readonly resets: PasswordResetsService,
    private readonly confirmation: PasswordResetConfirmationService,
  ) {}

  @Post('password')
  @Operation({
    summary: 'Change my password',
    description: 'Ends all of your other sessions, in every workspace. Keys go on working.',
    access: 'in-person',
    response: { empty: true },
    errors: ['UNPROCESSABLE'],
    rateClass: 'sign_in',
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
    summary: 'Ask for a new password',
    description:
      'Mails a link to whoever signs in with this e-mail, where the server has SMTP set; else an admin can make one. The answer never tells whether anybody does.',
    access: 'public',
    response: { item: PasswordResetRequestedDto, status: 202 },
    rateClass: 'sign_in',
  })
  async request(@Body() body: RequestPasswordResetDto): Promise<ItemResponse<PasswordResetRequestedDto>> {
    await this.resets.request(body.email);
    return toResponse({ message: 'If somebody signs in with this e-mail, a link is on its way to them' });
  }

  @Post('password-reset/confirm')
  @Operation({
    summary: 'Set a new password by a token',
    description: 'Ends all of your sessions, in every workspace. The token is used up, and so is every other one.',
    access: 'public',
    response: { empty: true },
    errors: ['UNAUTHORIZED'],
    rateClass: 'sign_in',
  })
  async confirm(@Body() body: ConfirmPasswordResetDto, @Req() request: FastifyRequest): Promise<void> {
    await this.confirmation.confirm(body.token, body.password, request.ip);
  }
}
