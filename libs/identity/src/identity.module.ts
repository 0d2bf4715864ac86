import { Module } from '@nestjs/common';
import { ContactAddressesRepository } from './contacts/contact-addresses.repository.js';
import { ContactFieldChecks } from './contacts/contact-fields.service.js';
import { ContactRendering } from './contacts/contact-rendering.service.js';
import { ContactSearchService } from './contacts/contact-search.service.js';
import { ContactsController } from './contacts/contacts.controller.js';
import { ContactsRepository } from './contacts/contacts.repository.js';
import { ContactsService } from './contacts/contacts.service.js';
import { ContactHoldingsRegistry } from './holdings/contact-holdings.service.js';

/** The people who write in. */
@Module({
  controllers: [ContactsController],
  providers: [
    ContactsRepository, ContactAddressesRepository, ContactFieldChecks, ContactsService, ContactSearchService, ContactRendering, ContactHoldingsRegistry,
  ],
  exports: [ContactsService, ContactHoldingsRegistry],
})
export class IdentityModule {}
