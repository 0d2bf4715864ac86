import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, IdParam, one, Operation, type One, type Principal } from '@parley/kernel';
import { DeactivateUserDto, toUserDto, UserDto } from './dto/user.dto.js';
import { MemberStatus } from './member-status.service.js';

/** Members who leave, and come back. */
@ApiTags('Teams')
@Controller('v1/users')
export class MemberStatusController {
  constructor(private readonly status: MemberStatus) {}

  @Post(':id/deactivate')
  @Operation({
    summary: 'Deactivate a user',
    description:
      'Ends their sessions and revokes their personal keys in this workspace; they can neither sign in to it nor be assigned to. Their open, pending and snoozed conversations go to `hand_over_to`; without one they go to nobody: those of a team stay with the team, the others are unassigned. What is resolved or closed keeps its assignee. They stay in their teams and inboxes, where they are again once activated.\n\nOnly owners and admins themselves may, and nobody for somebody of a higher role; the last owner stays.',
    access: 'users:write',
    answer: { one: UserDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async deactivate(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @Body() body: DeactivateUserDto,
  ): Promise<One<UserDto>> {
    return one(toUserDto(await this.status.deactivate(principal, id, body.hand_over_to ?? null)));
  }

  @Post(':id/activate')
  @Operation({
    summary: 'Activate a user',
    description:
      'Lets in again who was deactivated, with the role, teams and inboxes of before. They sign in anew, and make new keys.',
    access: 'users:write',
    answer: { one: UserDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async activate(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<One<UserDto>> {
    return one(toUserDto(await this.status.activate(principal, id)));
  }
}
