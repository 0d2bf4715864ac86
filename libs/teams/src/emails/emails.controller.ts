import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import type { FastifyRequest } from 'fastify';
import { SIGN_IN } from '../teams.rate-classes.js';
import { EmailChangeConfirmationService } from './email-change-confirmation.service.js';
import {
  ChangeEmailDto,
  ConfirmEmailDto,
  EmailChangeDto,
  EmailChangePreviewDto,
  PreviewEmailChangeDto,
  toEmailChangeDto,
  toEmailChangePreviewDto,
} from './dto/email.dto.js';
import { EmailChangeTokensService } from './email-change-tokens.service.js';
import { EmailChangesService } from './email-changes.service.js';

/** E-mail changes of the caller. */
@ApiTags('Current user')
@Controller('v1/auth/email')
export class EmailsController {
  constructor(
    private readonly tokens: EmailChangeTokensService,
    private readonly changes: EmailChangesService,
    private readonly confirmation: EmailChangeConfirmationService,
  ) {}

  @Post()
  @Operation({
    summary: "Change the current user's e-mail",
    description:
      'Mails a confirmation link to the new address. If the server has no SMTP settings, an admin can create one ' +
      'with `POST /v1/users/{id}/email-change`. The current address stays valid until the link is opened; the ' +
      'link expires after a day. A new request replaces the pending one. Limit: five requests per hour. The ' +
      'response does not reveal if another user has the address.',
    access: 'in-person',
    response: { item: EmailChangeDto, status: 202 },
    errors: ['UNPROCESSABLE'],
    rateClass: SIGN_IN,
  })
  async change(
    @CurrentPrincipal() principal: Principal,
    @Body() body: ChangeEmailDto,
    @Req() request: FastifyRequest,
  ): Promise<ItemResponse<EmailChangeDto>> {
    return toResponse(toEmailChangeDto(await this.changes.request(principal, body.password, body.email, request.ip)));
  }

  @Post('preview')
  @Operation({
    summary: 'Preview an e-mail change',
    description: 'Returns the change of a token. Does not use up the token.',
    access: 'public',
    response: { item: EmailChangePreviewDto },
    errors: ['UNAUTHORIZED'],
    rateClass: SIGN_IN,
  })
  async preview(@Body() body: PreviewEmailChangeDto): Promise<ItemResponse<EmailChangePreviewDto>> {
    return toResponse(toEmailChangePreviewDto(await this.tokens.preview(body.token)));
  }

  @Post('confirm')
  @Operation({
    summary: 'Confirm an e-mail change',
    description:
      'Changes the e-mail with which the user signs in, in all workspaces. Sessions and API keys stay valid. ' +
      'Password reset links that were sent to the previous address stop working, and a mail notifies that ' +
      'address. Fails with 409 if another user has the address.',
    access: 'public',
    response: { empty: true },
    errors: ['UNAUTHORIZED', 'CONFLICT'],
    rateClass: SIGN_IN,
  })
  async confirm(@Body() body: ConfirmEmailDto): Promise<void> {
    await this.confirmation.confirm(body.token);
  }
}
