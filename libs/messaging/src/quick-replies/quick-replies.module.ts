import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { TeamsModule } from '@parley/teams';
import { TemplatesModule } from '../templates/templates.module.js';
import { QuickRepliesController } from './quick-replies.controller.js';
import { QuickRepliesRepository } from './quick-replies.repository.js';
import { QuickRepliesService } from './quick-replies.service.js';
import { QuickReplyEntity } from './quick-reply.entity.js';
import { QuickReplyMapper } from './quick-reply-mapper.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([QuickReplyEntity]), TeamsModule, TemplatesModule],
  controllers: [QuickRepliesController],
  providers: [QuickReplyMapper, QuickRepliesRepository, QuickRepliesService],
})
export class QuickRepliesModule {}
