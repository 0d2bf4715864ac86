import { Body, Controller, Delete, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { InvitedUserDto, InviteUserDto, ResendInvitationDto, toInvitedUserDto } from './dto/invitation.dto.js';
import { InvitationsService } from './invitations.service.js';

/** Asking people to join. */
@ApiTags('Teams')
@Controller('v1/users')
export class InvitationsController {
  constructor(private readonly invitations: InvitationsService) {}

  @Post('invite')
  @Operation({
    summary: 'Invite a user',
    description:
      'They are a member of the status `invited` until they accept, by the link that is mailed to them or that you hand over. Owners and admins are invited by owners and admins themselves, nobody to a role above their own; anybody else by whoever has all scopes of the role.\n\nNothing here tells whether somebody has an account on this server: until they accept, a user is shown by the e-mail and name that you give.',
    access: 'users:write',
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
    summary: 'Send an invitation again',
    description: 'With a new link, for seven days; the one before no longer works.',
    access: 'users:write',
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
    summary: 'Take an invitation back',
    description: 'Its link no longer works, and the user is no member. Who has joined is deactivated instead.',
    access: 'users:write',
    response: { empty: true },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async revoke(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<void> {
    await this.invitations.revoke(principal, id);
  }
}
