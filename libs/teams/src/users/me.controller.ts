import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, one, Operation, type One, type Principal } from '@parley/kernel';
import { SecondFactorService } from '../second-factor/second-factor.service.js';
import { WorkspacesService } from '../workspaces/workspaces.service.js';
import { MeDto, toMeDto } from './dto/me.dto.js';
import { toMemberChange, UpdateMeDto } from './dto/user.dto.js';
import { MemberChanges } from './member-changes.service.js';
import { personBehind } from './person.js';
import { UsersService } from './users.service.js';

/** Whoever asks. */
@ApiTags('Teams')
@Controller('v1/me')
export class MeController {
  constructor(
    private readonly users: UsersService,
    private readonly changes: MemberChanges,
    private readonly workspaces: WorkspacesService,
    private readonly secondFactor: SecondFactorService,
  ) {}

  @Get()
  @Operation({
    summary: 'Who am I',
    description: 'The workspace, the user (null for a service key) and the scopes of the credential in use.',
    access: 'signed-in',
    answer: { one: MeDto },
  })
  async get(@CurrentPrincipal() principal: Principal): Promise<One<MeDto>> {
    const workspace = await this.workspaces.get(principal.workspaceId);
    const user = principal.userId ? await this.users.get(principal.workspaceId, principal.userId) : null;
    const secondFactor = principal.userId !== null && (await this.secondFactor.isOn(principal.userId));
    return one(toMeDto(principal, workspace, user, secondFactor));
  }

  @Patch()
  @Operation({
    summary: 'Change myself',
    description: 'My name and picture are the same in all of my workspaces.',
    access: 'in-person',
    answer: { one: MeDto },
    errors: ['UNPROCESSABLE'],
  })
  async update(@CurrentPrincipal() principal: Principal, @Body() body: UpdateMeDto): Promise<One<MeDto>> {
    await this.changes.update(principal, personBehind(principal), toMemberChange(body));
    return this.get(principal);
  }
}
