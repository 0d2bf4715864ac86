import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ApiKeysModule } from '../api-keys/api-keys.module.js';
import { PresenceModule } from '../presence/presence.module.js';
import { ReferencedObjectsModule } from '../referenced-objects/referenced-objects.module.js';
import { RolesModule } from '../roles/roles.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { MemberCredentialsService } from './member-credentials.service.js';
import { MemberRolesService } from './member-roles.service.js';
import { MemberStatusController } from './member-status.controller.js';
import { MemberStatusService } from './member-status.service.js';
import { MemberUpdater } from './member-updater.service.js';
import { MembershipEntity } from './membership.entity.js';
import { ProfilesService } from './profiles.service.js';
import { UserEntity } from './user.entity.js';
import { UsersController } from './users.controller.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([MembershipEntity, UserEntity]),
    AccountsModule,
    ApiKeysModule,
    PresenceModule,
    ReferencedObjectsModule,
    RolesModule,
    SessionsModule,
  ],
  controllers: [MemberStatusController, UsersController],
  providers: [
    MemberCredentialsService,
    MemberRolesService,
    MemberStatusService,
    MemberUpdater,
    ProfilesService,
    UsersRepository,
    UsersService,
  ],
  exports: [MemberUpdater, UsersService, UsersRepository],
})
export class UsersModule {}
