import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { TagEntity } from './tag.entity.js';
import { TagsController } from './tags.controller.js';
import { TagsRepository } from './tags.repository.js';
import { TagsService } from './tags.service.js';
import { UpdateTagCountsOnConversationTaggedSubscriber } from './update-tag-counts-on-conversation-tagged.subscriber.js';

@Module({
  imports: [TypeOrmModule.forFeature([TagEntity])],
  controllers: [TagsController],
  providers: [TagsRepository, TagsService, UpdateTagCountsOnConversationTaggedSubscriber],
  exports: [TagsService],
})
export class TagsModule {}
