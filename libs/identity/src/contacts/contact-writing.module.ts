import { Module } from '@nestjs/common';
import { ContactRecordsModule } from './contact-records.module.js';
import { ContactResolver } from './contact-resolver.service.js';
import { ContactValidationModule } from './contact-validation.module.js';
import { ContactWriter } from './contact-writer.service.js';
import { ContactsService } from './contacts.service.js';

/** Changes of contacts. */
@Module({
  imports: [ContactRecordsModule, ContactValidationModule],
  providers: [ContactResolver, ContactWriter, ContactsService],
  exports: [ContactResolver, ContactWriter, ContactsService],
})
export class ContactWritingModule {}
