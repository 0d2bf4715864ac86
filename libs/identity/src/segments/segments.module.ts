import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ContactAvatarsModule } from '../avatars/contact-avatars.module.js';
import { ContactListsModule } from '../contacts/contact-lists.module.js';
import { RefreshSegmentJob } from './refresh-segment.job.js';
import { SegmentMemberEntity } from './segment-member.entity.js';
import { SegmentMembersRepository } from './segment-members.repository.js';
import { SegmentMembershipUpdater } from './segment-membership-updater.service.js';
import { SegmentPresenceCache } from './segment-presence-cache.service.js';
import { SegmentRecordsModule } from './segment-records.module.js';
import { SegmentsController } from './segments.controller.js';
import { SegmentsService } from './segments.service.js';
import { TimeBasedSegmentScheduler } from './time-based-segment-scheduler.service.js';
import { UpdateSegmentsOnEventSubscriber } from './update-segments-on-event.subscriber.js';
import { SegmentMapper } from './segment-mapper.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([SegmentMemberEntity]),
    ContactAvatarsModule,
    ContactListsModule,
    SegmentRecordsModule,
  ],
  controllers: [SegmentsController],
  providers: [
    RefreshSegmentJob,
    SegmentMapper,
    SegmentMembersRepository,
    SegmentMembershipUpdater,
    SegmentPresenceCache,
    SegmentsService,
    TimeBasedSegmentScheduler,
    UpdateSegmentsOnEventSubscriber,
  ],
  exports: [SegmentsService],
})
export class SegmentsModule {}
