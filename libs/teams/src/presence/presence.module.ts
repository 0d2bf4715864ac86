import { Module } from '@nestjs/common';
import { IdleUserUpdater } from './idle-user-updater.service.js';
import { PresenceRepository } from './presence.repository.js';
import { PresenceService } from './presence.service.js';

@Module({
  providers: [IdleUserUpdater, PresenceRepository, PresenceService],
  exports: [PresenceService],
})
export class PresenceModule {}
