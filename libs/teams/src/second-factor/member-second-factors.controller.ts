import { Controller, Delete } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, Operation } from '@parley/kernel/http';
import { MemberSecondFactorsService } from './member-second-factors.service.js';

/** Second factors of other users. */
@ApiTags('Users')
@Controller('v1/users')
export class MemberSecondFactorsController {
  constructor(private readonly secondFactors: MemberSecondFactorsService) {}

  @Delete(':id/totp')
  @Operation({
    summary: "Reset a user's second factor",
    description:
      'Disables the second factor of a member who has lost their authenticator app and recovery codes. They sign ' +
      'in with only their password until they set it up again. Revokes their sessions; API keys stay valid. ' +
      'Fails with 403 unless you are an owner or admin whose role is not lower than theirs, and with 422 for ' +
      'yourself, for a user who belongs to other workspaces too, and if no second factor is enabled.',
    access: 'users:write',
    liveOnly: true,
    response: { empty: true },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async reset(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<void> {
    await this.secondFactors.reset(principal, id);
  }
}
