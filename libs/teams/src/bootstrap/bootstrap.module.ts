import { Module } from '@nestjs/common';
import { ApiKeysModule } from '../api-keys/api-keys.module.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { FirstWorkspaceService } from './first-workspace.service.js';

@Module({
  imports: [ApiKeysModule, WorkspacesModule],
  providers: [FirstWorkspaceService],
  exports: [FirstWorkspaceService],
})
export class BootstrapModule {}
