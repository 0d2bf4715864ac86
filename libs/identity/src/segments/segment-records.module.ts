import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SegmentEntity } from './segment.entity.js';
import { SegmentsRepository } from './segments.repository.js';

/** Stored segments, without their members: lists of contacts depend on segments. */
@Module({
  imports: [TypeOrmModule.forFeature([SegmentEntity])],
  providers: [SegmentsRepository],
  exports: [SegmentsRepository],
})
export class SegmentRecordsModule {}
