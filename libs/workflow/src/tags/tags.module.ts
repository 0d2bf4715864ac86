import { Module } from '@nestjs/common';
import { IdentityModule } from '@parley/identity';
import { TypeOrmModule } from '@nestjs/typeorm';
import { TagEntity } from './tag.entity.js';
import { TagsController } from './tags.controller.js';
import { TagsRepository } from './tags.repository.js';
import { TagsService } from './tags.service.js';
import { UpdateTagCountsOnTagsChangedSubscriber } from './update-tag-counts-on-tags-changed.subscriber.js';

@Module({
  imports: [TypeOrmModule.forFeature([TagEntity]), IdentityModule],
  controllers: [TagsController],
  providers: [TagsRepository, TagsService, UpdateTagCountsOnTagsChangedSubscriber],
  exports: [TagsService],
})
export class TagsModule {}
