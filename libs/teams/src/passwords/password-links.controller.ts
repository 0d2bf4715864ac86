import { Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { PasswordResetLinkDto, toPasswordResetLinkDto } from './dto/password.dto.js';
import { PasswordResetLinksService } from './password-reset-links.service.js';

/** Password reset links for other users. */
@ApiTags('Users')
@Controller('v1/users')
export class PasswordLinksController {
  constructor(private readonly links: PasswordResetLinksService) {}

  @Post(':id/password-reset')
  @Operation({
    summary: 'Create a password reset link',
    description:
      'For servers without SMTP settings. Returns a link to pass on to the user, whose account then belongs to this ' +
      'workspace only. Fails with 403 unless you are ' +
      "an owner or admin whose role is not lower than the user's, and with 422 if the user is not active or " +
      'belongs to other workspaces too.',
    access: 'users:write',
    liveOnly: true,
    hasSecrets: true,
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
