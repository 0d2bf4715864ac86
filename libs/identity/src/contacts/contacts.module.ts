import { Module } from '@nestjs/common';
import { ContactAvatarsModule } from '../avatars/contact-avatars.module.js';
import { SegmentsModule } from '../segments/segments.module.js';
import { ContactFieldsController } from './contact-fields.controller.js';
import { ContactListsModule } from './contact-lists.module.js';
import { ContactRenderer } from './contact-renderer.service.js';
import { ContactWritingModule } from './contact-writing.module.js';
import { ContactsController } from './contacts.controller.js';

@Module({
  imports: [ContactAvatarsModule, ContactListsModule, ContactWritingModule, SegmentsModule],
  controllers: [ContactFieldsController, ContactsController],
  providers: [ContactRenderer],
})
export class ContactsModule {}
