import { Controller, Delete } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, Operation } from '@parley/kernel/http';
import { MemberSecondFactorsService } from './member-second-factors.service.js';

/** What admins do for members who have lost their second factor. */
@ApiTags('Teams')
@Controller('v1/users')
export class MemberSecondFactorsController {
  constructor(private readonly secondFactors: MemberSecondFactorsService) {}

  @Delete(':id/totp')
  @Operation({
    summary: "Switch a user's second factor off",
    description:
      'For members who have lost both their authenticator app and their recovery codes: they sign in with their password alone until they begin anew. Ends their sessions; keys go on working. Only owners and admins themselves may, and nobody for somebody of a higher role or for themselves. Who belongs to other workspaces too keeps it.',
    access: 'users:write',
    response: { empty: true },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async reset(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<void> {
    await this.secondFactors.reset(principal, id);
  }
}
