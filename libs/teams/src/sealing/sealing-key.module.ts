import { Module } from '@nestjs/common';
import { SecretsRepository } from '@parley/kernel/auth';
import { SEALING_KEY } from './sealing-key.js';

@Module({
  providers: [
    {
      provide: SEALING_KEY,
      useFactory: async (secrets: SecretsRepository) =>
        Buffer.from(await secrets.getOrCreate('teams.sealing'), 'base64url'),
      inject: [SecretsRepository],
    },
  ],
  exports: [SEALING_KEY],
})
export class SealingKeyModule {}
