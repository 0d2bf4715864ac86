import { Global, Module } from '@nestjs/common';
import { Credentials } from '@parley/kernel/auth';
import { ApiKeysModule } from '../api-keys/api-keys.module.js';
import { PresenceModule } from '../presence/presence.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { DatabaseCredentialStore } from './database-credential-store.service.js';

/** Global, because the kernel authenticates requests with `Credentials`. */
@Global()
@Module({
  imports: [ApiKeysModule, PresenceModule, SessionsModule],
  providers: [{ provide: Credentials, useClass: DatabaseCredentialStore }],
  exports: [Credentials],
})
export class CredentialsModule {}
