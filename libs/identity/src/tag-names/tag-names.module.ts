import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { TagNameEntity } from './tag-name.entity.js';
import { TagNamesRepository } from './tag-names.repository.js';
import { TagNamesService } from './tag-names.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([TagNameEntity])],
  providers: [TagNamesRepository, TagNamesService],
  exports: [TagNamesService],
})
export class TagNamesModule {}
