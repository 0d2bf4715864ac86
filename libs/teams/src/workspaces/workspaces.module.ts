import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { UsersModule } from '../users/users.module.js';
import { WorkspaceSettingsCache } from './workspace-settings-cache.service.js';
import { WorkspaceEntity } from './workspace.entity.js';
import { WorkspacesRepository } from './workspaces.repository.js';
import { WorkspacesService } from './workspaces.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([WorkspaceEntity]), AccountsModule, UsersModule],
  providers: [WorkspaceSettingsCache, WorkspacesRepository, WorkspacesService],
  exports: [WorkspaceSettingsCache, WorkspacesService, WorkspacesRepository],
})
export class WorkspacesModule {}
