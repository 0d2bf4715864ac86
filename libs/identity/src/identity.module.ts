import { Module } from '@nestjs/common';
import { BulkOperationsRepository } from './bulk/bulk-operations.repository.js';
import { ChangeContacts } from './bulk/change-contacts.job.js';
import { ContactBulkController } from './bulk/contact-bulk.controller.js';
import { ContactBulk } from './bulk/contact-bulk.service.js';
import { ForgetBulkOperations } from './bulk/forget-bulk-operations.service.js';
import { ContactAddressesRepository } from './contacts/contact-addresses.repository.js';
import { ContactFieldChecks } from './contacts/contact-fields.service.js';
import { ContactListsRepository } from './contacts/contact-lists.repository.js';
import { ContactLists } from './contacts/contact-lists.service.js';
import { ContactRendering } from './contacts/contact-rendering.service.js';
import { ContactSearchService } from './contacts/contact-search.service.js';
import { ContactsController } from './contacts/contacts.controller.js';
import { ContactsRepository } from './contacts/contacts.repository.js';
import { ContactsService } from './contacts/contacts.service.js';
import { ContactHoldingsRegistry } from './holdings/contact-holdings.service.js';

/** The people who write in. */
@Module({
  controllers: [ContactBulkController, ContactsController],
  providers: [
    ContactsRepository, ContactAddressesRepository, ContactListsRepository, ContactFieldChecks, ContactsService, ContactLists, ContactSearchService, ContactRendering,
    BulkOperationsRepository, ContactBulk, ChangeContacts, ForgetBulkOperations, ContactHoldingsRegistry,
  ],
  exports: [ContactsService, ContactHoldingsRegistry],
})
export class IdentityModule {}
