import { Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { EmailChangeLinkDto, toEmailChangeLinkDto } from './dto/email.dto.js';
import { EmailChangeLinksService } from './email-change-links.service.js';

/** Confirmation links for e-mail changes of other users. */
@ApiTags('Users')
@Controller('v1/users')
export class EmailLinksController {
  constructor(private readonly links: EmailChangeLinksService) {}

  @Post(':id/email-change')
  @Operation({
    summary: 'Create an e-mail confirmation link',
    description:
      'For servers without SMTP settings. Returns a link to pass on to a user who requested a change with `POST ' +
      '/v1/auth/email`. The link does not prove the address, so the account then belongs to this workspace only.' +
      ' Previous links of the user stop working. Fails with 403 unless the caller is an owner or ' +
      "admin whose role is not lower than the user's, and with 422 if the user has requested no change or " +
      'belongs to other workspaces too.',
    access: 'users:write',
    liveOnly: true,
    hasSecrets: true,
    response: { item: EmailChangeLinkDto, status: 201 },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<EmailChangeLinkDto>> {
    return toResponse(toEmailChangeLinkDto(await this.links.create(principal, id)));
  }
}
