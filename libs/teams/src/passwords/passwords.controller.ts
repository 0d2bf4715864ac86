import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, one, Operation, type One, type Principal } from '@parley/kernel';
import type { FastifyRequest } from 'fastify';
import { ConfirmPasswordReset } from './confirm-password-reset.service.js';
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
    private readonly confirmation: ConfirmPasswordReset,
  ) {}

  @Post('password')
  @Operation({
    summary: 'Change my password',
    description: 'Ends all of your other sessions, in every workspace. Keys go on working.',
    access: 'in-person',
    answer: { empty: true },
    errors: ['UNPROCESSABLE'],
    rate: 'sign_in',
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
    answer: { one: PasswordResetRequestedDto, status: 202 },
    rate: 'sign_in',
  })
  async request(@Body() body: RequestPasswordResetDto): Promise<One<PasswordResetRequestedDto>> {
    await this.resets.request(body.email);
    return one({ message: 'If somebody signs in with this e-mail, a link is on its way to them' });
  }

  @Post('password-reset/confirm')
  @Operation({
    summary: 'Set a new password by a token',
    description: 'Ends all of your sessions, in every workspace. The token is used up, and so is every other one.',
    access: 'public',
    answer: { empty: true },
    errors: ['UNAUTHORIZED'],
    rate: 'sign_in',
  })
  async confirm(@Body() body: ConfirmPasswordResetDto, @Req() request: FastifyRequest): Promise<void> {
    await this.confirmation.confirm(body.token, body.password, request.ip);
  }
}
