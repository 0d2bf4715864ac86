import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import type { FastifyRequest } from 'fastify';
import { EmailChangeConfirmationService } from './email-change-confirmation.service.js';
import { ChangeEmailDto, ConfirmEmailDto, EmailChangeDto, toEmailChangeDto } from './dto/email.dto.js';
import { EmailChangesService } from './email-changes.service.js';

/** Signing in with another e-mail. */
@ApiTags('Teams')
@Controller('v1/auth/email')
export class EmailsController {
  constructor(
    private readonly changes: EmailChangesService,
    private readonly confirmation: EmailChangeConfirmationService,
  ) {}

  @Post()
  @Operation({
    summary: 'Change my e-mail',
    description:
      'Mails a link to the new address, where the server has SMTP set; else an admin can make one by `POST /v1/users/{id}/email-change`. You sign in with the address that you have until the link is opened, which it can be for a day. Asking again takes the place of what you asked for before, at most five times an hour. The answer never tells whether somebody else has the address.',
    access: 'in-person',
    response: { item: EmailChangeDto, status: 202 },
    errors: ['UNPROCESSABLE'],
    rateClass: 'sign_in',
  })
  async change(
    @CurrentPrincipal() principal: Principal,
    @Body() body: ChangeEmailDto,
    @Req() request: FastifyRequest,
  ): Promise<ItemResponse<EmailChangeDto>> {
    return toResponse(toEmailChangeDto(await this.changes.request(principal, body.password, body.email, request.ip)));
  }

  @Post('confirm')
  @Operation({
    summary: 'Confirm my new e-mail',
    description:
      'You sign in with it from now on, in every workspace; your sessions and keys go on working. Links to reset your password that went to the address before no longer work, and a mail tells of it there.',
    access: 'public',
    response: { empty: true },
    errors: ['UNAUTHORIZED', 'CONFLICT'],
    rateClass: 'sign_in',
  })
  async confirm(@Body() body: ConfirmEmailDto): Promise<void> {
    await this.confirmation.confirm(body.token);
  }
}
