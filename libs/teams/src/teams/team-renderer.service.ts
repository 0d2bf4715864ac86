import { Injectable } from '@nestjs/common';
import { Renders } from '@parley/kernel/rendering';
import { toUserDto, type UserDto } from '../users/dto/user.dto.js';
import { UsersService } from '../users/users.service.js';
import { toTeamDto, type TeamDto } from './dto/team.dto.js';
import { TeamsService } from './teams.service.js';

/** Renders teams and users for webhooks and other consumers of events. */
@Injectable()
export class TeamRenderer {
  constructor(
    private readonly teams: TeamsService,
    private readonly users: UsersService,
  ) {}

  @Renders('team')
  async renderTeam(workspaceId: string, id: string): Promise<TeamDto | null> {
    const team = await this.teams.find(workspaceId, id);
    return team && toTeamDto(team);
  }

  @Renders('user')
  async renderUser(workspaceId: string, id: string): Promise<UserDto | null> {
    const user = await this.users.find(workspaceId, id);
    return user && toUserDto(user);
  }
}
