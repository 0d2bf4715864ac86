import { Module } from '@nestjs/common';
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
import { ProfilesService } from './profiles.service.js';
import { UserRecordsModule } from './user-records.module.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';

@Module({
  imports: [
    AccountsModule,
    ApiKeysModule,
    PresenceModule,
    ReferencedObjectsModule,
    RolesModule,
    SessionsModule,
    UserRecordsModule,
  ],
  controllers: [MemberStatusController, UsersController],
  providers: [
    MemberCredentialsService,
    MemberRolesService,
    MemberStatusService,
    MemberUpdater,
    ProfilesService,
    UsersService,
  ],
  exports: [MemberUpdater, UserRecordsModule, UsersService],
})
export class UsersModule {}
