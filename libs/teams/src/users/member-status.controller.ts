import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { ReferencesService } from '@parley/kernel/references';
import { USER } from '../teams.references.js';
import { DeactivatedUserDto, toDeactivatedUserDto } from './dto/deactivated-user.dto.js';
import { DeactivateUserDto, toUserDto, UserDto } from './dto/user.dto.js';
import { MemberStatusService } from './member-status.service.js';

/** Deactivation and activation of users. */
@ApiTags('Users')
@Controller('v1/users')
export class MemberStatusController {
  constructor(
    private readonly status: MemberStatusService,
    private readonly references: ReferencesService,
  ) {}

  @Post(':id/deactivate')
  @Operation({
    summary: 'Deactivate a user',
    description:
      'The user can no longer sign in to this workspace or be assigned. Revokes their sessions and personal API ' +
      'keys in this workspace. Their open, pending and snoozed conversations are reassigned to `reassign_to` or, ' +
      'if it is omitted, unassigned; conversations of a team stay with the team. Resolved and closed ' +
      'conversations keep their assignee until they are reopened. Memberships of teams and inboxes are kept. ' +
      'The response lists the automations, saved views and other objects that refer to the user; ' +
      '`GET /v1/users/{id}/references` lists them beforehand.\n\nFails with 403 unless ' +
      'you are an owner or admin whose role is not lower than theirs, and with 422 for the last owner and for ' +
      'invited users.',
    access: 'users:write',
    liveOnly: true,
    response: { item: DeactivatedUserDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async deactivate(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @Body() body: DeactivateUserDto,
  ): Promise<ItemResponse<DeactivatedUserDto>> {
    const user = await this.status.deactivate(principal, id, body.reassign_to ?? null);
    return toResponse(toDeactivatedUserDto(user, await this.references.list(principal, { type: USER, id })));
  }

  @Post(':id/activate')
  @Operation({
    summary: 'Activate a user',
    description:
      'Reactivates a deactivated user with their previous role, teams and inboxes. They must sign in again and ' +
      'create new API keys. Fails with 403 unless you are an owner or admin whose role is not lower than theirs, ' +
      'and with 422 for invited users.',
    access: 'users:write',
    liveOnly: true,
    response: { item: UserDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async activate(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<ItemResponse<UserDto>> {
    return toResponse(toUserDto(await this.status.activate(principal, id)));
  }
}
