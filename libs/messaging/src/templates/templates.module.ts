import { Module } from '@nestjs/common';
import { IdentityModule } from '@parley/identity';
import { TeamsModule } from '@parley/teams';
import { ConversationRecordsModule } from '../conversations/conversation-records.module.js';
import { TemplateContextLoader } from './template-context-loader.service.js';

@Module({
  imports: [IdentityModule, TeamsModule, ConversationRecordsModule],
  providers: [TemplateContextLoader],
  exports: [TemplateContextLoader],
})
export class TemplatesModule {}
