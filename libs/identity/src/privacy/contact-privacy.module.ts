import { Module } from '@nestjs/common';
import { ContactAvatarsModule } from '../avatars/contact-avatars.module.js';
import { ContactDataModule } from '../contact-data/contact-data.module.js';
import { ContactRecordsModule } from '../contacts/contact-records.module.js';
import { ContactWritingModule } from '../contacts/contact-writing.module.js';
import { ContactExportsModule } from '../exports/contact-exports.module.js';
import { ContactMergesModule } from '../merges/contact-merges.module.js';
import { ContactEraser } from './contact-eraser.service.js';
import { ContactPrivacyController } from './contact-privacy.controller.js';
import { ContactRecordsEraser } from './contact-records-eraser.service.js';
import { ContactRestoreService } from './contact-restore.service.js';
import { DeletedContactEraser } from './deleted-contact-eraser.service.js';

@Module({
  imports: [
    ContactAvatarsModule,
    ContactDataModule,
    ContactExportsModule,
    ContactMergesModule,
    ContactRecordsModule,
    ContactWritingModule,
  ],
  controllers: [ContactPrivacyController],
  providers: [ContactEraser, ContactRecordsEraser, ContactRestoreService, DeletedContactEraser],
})
export class ContactPrivacyModule {}
