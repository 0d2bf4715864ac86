import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BlockEntity } from './block.entity.js';
import { BlocksRepository } from './blocks.repository.js';

/** Stored blocks, without the contacts, which depend on them. */
@Module({
  imports: [TypeOrmModule.forFeature([BlockEntity])],
  providers: [BlocksRepository],
  exports: [BlocksRepository],
})
export class BlockRecordsModule {}
