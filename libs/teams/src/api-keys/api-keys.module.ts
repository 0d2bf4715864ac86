import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { SandboxesModule } from '../sandboxes/sandboxes.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { ApiKeyPolicy } from './api-key-policy.service.js';
import { ApiKeyUpdater } from './api-key-updater.service.js';
import { ApiKeyEntity } from './api-key.entity.js';
import { ApiKeysController } from './api-keys.controller.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { ApiKeysService } from './api-keys.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([ApiKeyEntity]), AccountsModule, SandboxesModule, SessionsModule],
  controllers: [ApiKeysController],
  providers: [ApiKeyPolicy, ApiKeyUpdater, ApiKeysRepository, ApiKeysService],
  exports: [ApiKeysService, ApiKeysRepository],
})
export class ApiKeysModule {}
