import { Global, Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Credentials, JWT_SECRET } from '@parley/kernel';
import { ApiKeyEntity } from './api-keys/api-key.entity.js';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { ApiKeysRepository } from './api-keys/api-keys.repository.js';
import { ApiKeysService } from './api-keys/api-keys.service.js';
import { AuthController } from './auth/auth.controller.js';
import { AuthService } from './auth/auth.service.js';
import { SignInLedger } from './auth/sign-in-ledger.service.js';
import { StoredCredentials } from './auth/stored-credentials.service.js';
import { FirstWorkspaceService } from './bootstrap/first-workspace.service.js';
import { InboxesController } from './inboxes/inboxes.controller.js';
import { InboxesRepository } from './inboxes/inboxes.repository.js';
import { InboxesService } from './inboxes/inboxes.service.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { SessionsRepository } from './sessions/sessions.repository.js';
import { SessionsService } from './sessions/sessions.service.js';
import { TeamEntity } from './teams/team.entity.js';
import { TeamRendering } from './teams/team-rendering.service.js';
import { TeamsController } from './teams/teams.controller.js';
import { TeamsRepository } from './teams/teams.repository.js';
import { TeamsService } from './teams/teams.service.js';
import { MeController } from './users/me.controller.js';
import { GroupMembersRepository } from './users/group-members.repository.js';
import { UsersController } from './users/users.controller.js';
import { UsersRepository } from './users/users.repository.js';
import { UsersService } from './users/users.service.js';
import { WorkspaceEntity } from './workspaces/workspace.entity.js';
import { WorkspaceSettings } from './workspaces/workspace-settings.service.js';
import { WorkspacesRepository } from './workspaces/workspaces.repository.js';
import { WorkspacesService } from './workspaces/workspaces.service.js';

const ACCESS = [SessionsRepository, SessionsService, SignInLedger, AuthService, ApiKeysRepository, ApiKeysService];

const PEOPLE = [UsersRepository, UsersService, GroupMembersRepository, TeamsRepository, TeamsService, InboxesRepository, InboxesService, TeamRendering];

/** Workspaces, the people in them, and what they sign in with. Global, because the kernel asks it who calls. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forFeature([WorkspaceEntity, TeamEntity, ApiKeyEntity]),
    JwtModule.registerAsync({
      inject: [JWT_SECRET],
      useFactory: (secret: string) => ({ secret, signOptions: { algorithm: 'HS256' as const, issuer: 'parley' } }),
    }),
  ],
  controllers: [AuthController, SessionsController, ApiKeysController, TeamsController, InboxesController, UsersController, MeController],
  providers: [
    { provide: Credentials, useClass: StoredCredentials },
    WorkspacesRepository, WorkspacesService, WorkspaceSettings, FirstWorkspaceService, ...ACCESS, ...PEOPLE,
  ],
  exports: [Credentials, WorkspacesService, WorkspaceSettings, UsersService, TeamsService, InboxesService, ApiKeysService, FirstWorkspaceService],
})
export class TeamsModule {}
