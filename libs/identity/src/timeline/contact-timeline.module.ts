import { Module } from '@nestjs/common';
import { ContactWritingModule } from '../contacts/contact-writing.module.js';
import { ContactTimelineController } from './contact-timeline.controller.js';
import { ContactTimelineService } from './contact-timeline.service.js';

@Module({
  imports: [ContactWritingModule],
  controllers: [ContactTimelineController],
  providers: [ContactTimelineService],
})
export class ContactTimelineModule {}
