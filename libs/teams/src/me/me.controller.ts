import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { SecondFactorService } from '../second-factor/second-factor.service.js';
import { WorkspacesService } from '../workspaces/workspaces.service.js';
import { MeDto, toMeDto } from './dto/me.dto.js';
import { toUpdateMemberInput, UpdateMeDto } from '../users/dto/user.dto.js';
import { MemberUpdater } from '../users/member-updater.service.js';
import { requireUserId } from '../users/principal-user.js';
import { UsersService } from '../users/users.service.js';

/** Principal of the request. */
@ApiTags('Current user')
@Controller('v1/me')
export class MeController {
  constructor(
    private readonly users: UsersService,
    private readonly updater: MemberUpdater,
    private readonly workspaces: WorkspacesService,
    private readonly secondFactor: SecondFactorService,
  ) {}

  @Get()
  @Operation({
    summary: 'Get the current user',
    description:
      'Returns the user, the workspace, the role and the scopes of the credential. The fields of the user are null for ' +
      'a service key.',
    access: 'signed-in',
    response: { item: MeDto },
  })
  async get(@CurrentPrincipal() principal: Principal): Promise<ItemResponse<MeDto>> {
    const workspace = await this.workspaces.get(principal.workspaceId);
    const user = principal.userId ? await this.users.get(principal.workspaceId, principal.userId) : null;
    const isSecondFactorEnabled = principal.userId !== null && (await this.secondFactor.isEnabled(principal.userId));
    return toResponse(toMeDto(principal, workspace, user, isSecondFactorEnabled));
  }

  @Patch()
  @Operation({
    summary: 'Update the current user',
    description:
      'Name and picture apply to all of your workspaces. Fails with 403 if your account can join other workspaces and ' +
      'you did not sign in with its password, and with 422 for a service key.',
    access: 'in-person',
    response: { item: MeDto },
    errors: ['UNPROCESSABLE'],
  })
  async update(@CurrentPrincipal() principal: Principal, @Body() body: UpdateMeDto): Promise<ItemResponse<MeDto>> {
    await this.updater.update(principal, requireUserId(principal), toUpdateMemberInput(body));
    return this.get(principal);
  }
}
