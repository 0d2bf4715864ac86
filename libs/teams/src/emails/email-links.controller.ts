import { Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, IdParam, one, Operation, type One, type Principal } from '@parley/kernel';
import { EmailChangeLinkDto, toEmailChangeLinkDto } from './dto/email.dto.js';
import { EmailChangeLinks } from './email-change-links.service.js';

/** What admins do for users who want to sign in with another e-mail. */
@ApiTags('Teams')
@Controller('v1/users')
export class EmailLinksController {
  constructor(private readonly links: EmailChangeLinks) {}

  @Post(':id/email-change')
  @Operation({
    summary: 'Make a link that confirms a new e-mail',
    description:
      'For servers without SMTP: hand the link to a user who has asked for the change by `POST /v1/auth/email`. A link that was made before no longer works. Only owners and admins may, and nobody for somebody of a higher role.',
    access: 'users:write',
    answer: { one: EmailChangeLinkDto, status: 201 },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async make(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<One<EmailChangeLinkDto>> {
    return one(toEmailChangeLinkDto(await this.links.make(principal, id)));
  }
}
