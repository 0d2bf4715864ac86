import { Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { EmailChangeLinkDto, toEmailChangeLinkDto } from './dto/email.dto.js';
import { EmailChangeLinksService } from './email-change-links.service.js';

/** What admins do for users who want to sign in with another e-mail. */
@ApiTags('Teams')
@Controller('v1/users')
export class EmailLinksController {
  constructor(private readonly links: EmailChangeLinksService) {}

  @Post(':id/email-change')
  @Operation({
    summary: 'Make a link that confirms a new e-mail',
    description:
      'For servers without SMTP: hand the link to a user who has asked for the change by `POST /v1/auth/email`. A link that was made before no longer works. Only owners and admins may, and nobody for somebody of a higher role.',
    access: 'users:write',
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
