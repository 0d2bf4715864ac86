import { Module } from '@nestjs/common';
import { SecondFactorModule } from '../second-factor/second-factor.module.js';
import { UsersModule } from '../users/users.module.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { MeController } from './me.controller.js';

@Module({
  imports: [SecondFactorModule, UsersModule, WorkspacesModule],
  controllers: [MeController],
})
export class MeModule {}
