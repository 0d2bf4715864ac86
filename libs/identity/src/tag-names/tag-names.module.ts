import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DeletedNamesModule } from '../deleted-names/deleted-names.module.js';
import { TagNameEntity } from './tag-name.entity.js';
import { TagNamesRepository } from './tag-names.repository.js';
import { TagNamesService } from './tag-names.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([TagNameEntity]), DeletedNamesModule],
  providers: [TagNamesRepository, TagNamesService],
  exports: [TagNamesService],
})
export class TagNamesModule {}
