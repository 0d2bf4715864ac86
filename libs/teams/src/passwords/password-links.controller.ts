import { Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { PasswordResetLinkDto, toPasswordResetLinkDto } from './dto/password.dto.js';
import { PasswordResetLinksService } from './password-reset-links.service.js';

/** What admins do for users who have forgotten their password. */
@ApiTags('Teams')
@Controller('v1/users')
export class PasswordLinksController {
  constructor(private readonly links: PasswordResetLinksService) {}

  @Post(':id/password-reset')
  @Operation({
    summary: 'Make a link that resets a password',
    description:
      'For servers without SMTP: hand the link to the user yourself. Only owners and admins may, and nobody for somebody of a higher role.',
    access: 'users:write',
    response: { item: PasswordResetLinkDto, status: 201 },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<PasswordResetLinkDto>> {
    return toResponse(toPasswordResetLinkDto(await this.links.create(principal, id)));
  }
}
