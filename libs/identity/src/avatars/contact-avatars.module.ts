import { Module } from '@nestjs/common';
import { ContactRecordsModule } from '../contacts/contact-records.module.js';
import { ContactWritingModule } from '../contacts/contact-writing.module.js';
import { ContactAvatarsController } from './contact-avatars.controller.js';
import { ContactAvatarsService } from './contact-avatars.service.js';

@Module({
  imports: [ContactRecordsModule, ContactWritingModule],
  controllers: [ContactAvatarsController],
  providers: [ContactAvatarsService],
  exports: [ContactAvatarsService],
})
export class ContactAvatarsModule {}
