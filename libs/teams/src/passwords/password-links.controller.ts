import { Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, IdParam, one, Operation, type One, type Principal } from '@parley/kernel';
import { PasswordResetLinkDto, toPasswordResetLinkDto } from './dto/password.dto.js';
import { PasswordResetLinks } from './password-reset-links.service.js';

/** What admins do for users who have forgotten their password. */
@ApiTags('Teams')
@Controller('v1/users')
export class PasswordLinksController {
  constructor(private readonly links: PasswordResetLinks) {}

  @Post(':id/password-reset')
  @Operation({
    summary: 'Make a link that resets a password',
    description:
      'For servers without SMTP: hand the link to the user yourself. Only owners and admins may, and nobody for somebody of a higher role.',
    access: 'users:write',
    answer: { one: PasswordResetLinkDto, status: 201 },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async make(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<One<PasswordResetLinkDto>> {
    return one(toPasswordResetLinkDto(await this.links.make(principal, id)));
  }
}
