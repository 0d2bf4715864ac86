import { Module } from '@nestjs/common';
import { TeamsModule } from '@parley/teams';
import { VisibilityPolicy } from './visibility-policy.service.js';

@Module({
  imports: [TeamsModule],
  providers: [VisibilityPolicy],
  exports: [VisibilityPolicy],
})
export class VisibilityModule {}
