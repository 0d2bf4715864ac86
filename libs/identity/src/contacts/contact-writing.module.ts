import { Module } from '@nestjs/common';
import { BlockRecordsModule } from '../blocks/block-records.module.js';
import { ContactRecordsModule } from './contact-records.module.js';
import { ContactValidationModule } from './contact-validation.module.js';
import { ContactWriter } from './contact-writer.service.js';
import { ContactsService } from './contacts.service.js';

/** Changes of contacts. */
@Module({
  imports: [BlockRecordsModule, ContactRecordsModule, ContactValidationModule],
  providers: [ContactWriter, ContactsService],
  exports: [ContactWriter, ContactsService],
})
export class ContactWritingModule {}
