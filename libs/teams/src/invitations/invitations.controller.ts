import { Body, Controller, Delete, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { InvitedUserDto, InviteUserDto, ResendInvitationDto, toInvitedUserDto } from './dto/invitation.dto.js';
import { InvitationsService } from './invitations.service.js';

/** Invitations to the workspace. */
@ApiTags('Invitations')
@Controller('v1/users')
export class InvitationsController {
  constructor(private readonly invitations: InvitationsService) {}

  @Post('invite')
  @Operation({
    summary: 'Invite a user',
    description:
      'Creates a member with the status `invited`. The user accepts with the link that is mailed to them, or ' +
      'returned for you to pass on. Owners and admins can be invited only by an owner or admin whose role is not ' +
      'lower; other roles by callers who have all scopes of the role. Fails with 409 if the user is already a ' +
      'member.\n\nThe response does not reveal if the person has an account on this server: until they accept, ' +
      'the user is shown with the given e-mail and name.',
    access: 'users:write',
    liveOnly: true,
    hasSecrets: true,
    response: { item: InvitedUserDto, status: 201 },
    errors: ['CONFLICT', 'UNPROCESSABLE'],
  })
  async invite(
    @CurrentPrincipal() principal: Principal,
    @Body() body: InviteUserDto,
  ): Promise<ItemResponse<InvitedUserDto>> {
    const { email, name = null, role, team_ids: teamIds = [], inbox_ids: inboxIds = [], send = true } = body;
    return toResponse(
      toInvitedUserDto(await this.invitations.invite(principal, { email, name, role, teamIds, inboxIds, send })),
    );
  }

  @Post(':id/invite')
  @Operation({
    summary: 'Resend an invitation',
    description:
      'Creates a new link that expires after seven days. The previous link stops working. Fails with 422 if the ' +
      'user has already joined.',
    access: 'users:write',
    liveOnly: true,
    hasSecrets: true,
    response: { item: InvitedUserDto, status: 201 },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async resend(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @Body() body: ResendInvitationDto,
  ): Promise<ItemResponse<InvitedUserDto>> {
    return toResponse(toInvitedUserDto(await this.invitations.resend(principal, id, body.send ?? true)));
  }

  @Delete(':id')
  @Operation({
    summary: 'Revoke an invitation',
    description:
      'The link stops working and the user is no longer a member. Fails with 422 if the user has already joined; ' +
      'deactivate them instead.',
    access: 'users:write',
    liveOnly: true,
    response: { empty: true },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async revoke(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<void> {
    await this.invitations.revoke(principal, id);
  }
}
