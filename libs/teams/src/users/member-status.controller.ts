import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { DeactivateUserDto, toUserDto, UserDto } from './dto/user.dto.js';
import { MemberStatusService } from './member-status.service.js';

/** Members who leave, and come back. */
@ApiTags('Teams')
@Controller('v1/users')
export class MemberStatusController {
  constructor(private readonly status: MemberStatusService) {}

  @Post(':id/deactivate')
  @Operation({
    summary: 'Deactivate a user',
    description:
      'Ends their sessions and revokes their personal keys in this workspace; they can neither sign in to it nor be assigned to. Their open, pending and snoozed conversations go to `hand_over_to`; without one they go to nobody: those of a team stay with the team, the others are unassigned. What is resolved or closed keeps its assignee. They stay in their teams and inboxes, where they are again once activated.\n\nOnly owners and admins themselves may, and nobody for somebody of a higher role; the last owner stays.',
    access: 'users:write',
    response: { item: UserDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async deactivate(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @Body() body: DeactivateUserDto,
  ): Promise<ItemResponse<UserDto>> {
    return toResponse(toUserDto(await this.status.deactivate(principal, id, body.hand_over_to ?? null)));
  }

  @Post(':id/activate')
  @Operation({
    summary: 'Activate a user',
    description:
      'Lets in again who was deactivated, with the role, teams and inboxes of before. They sign in anew, and make new keys.',
    access: 'users:write',
    response: { item: UserDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async activate(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<ItemResponse<UserDto>> {
    return toResponse(toUserDto(await this.status.activate(principal, id)));
  }
}
