import { Module } from '@nestjs/common';
import { AttributesModule } from './attributes/attributes.module.js';
import { ContactAvatarsModule } from './avatars/contact-avatars.module.js';
import { BlocksModule } from './blocks/blocks.module.js';
import { ContactBulkModule } from './bulk/contact-bulk.module.js';
import { CompaniesModule } from './companies/companies.module.js';
import { CompanyRecordsModule } from './companies/company-records.module.js';
import { ContactDataModule } from './contact-data/contact-data.module.js';
import { ContactListsModule } from './contacts/contact-lists.module.js';
import { ContactRecordsModule } from './contacts/contact-records.module.js';
import { ContactValidationModule } from './contacts/contact-validation.module.js';
import { ContactWritingModule } from './contacts/contact-writing.module.js';
import { ContactsModule } from './contacts/contacts.module.js';
import { DeletedNamesModule } from './deleted-names/deleted-names.module.js';
import { ContactExportsModule } from './exports/contact-exports.module.js';
import { ContactIdentificationModule } from './identification/contact-identification.module.js';
import { ContactIdentitiesModule } from './identities/contact-identities.module.js';
import { ContactImportsModule } from './imports/contact-imports.module.js';
import { ContactMergesModule } from './merges/contact-merges.module.js';
import { ContactNotesModule } from './notes/contact-notes.module.js';
import { ContactPrivacyModule } from './privacy/contact-privacy.module.js';
import { IdentityReferencesModule } from './references/identity-references.module.js';
import { SegmentRecordsModule } from './segments/segment-records.module.js';
import { SegmentsModule } from './segments/segments.module.js';
import { TagNamesModule } from './tag-names/tag-names.module.js';
import { ContactTicketCountsModule } from './ticket-counts/contact-ticket-counts.module.js';
import { ContactTimelineModule } from './timeline/contact-timeline.module.js';

/** Contacts, companies and segments. */
@Module({
  imports: [
    AttributesModule,
    ContactAvatarsModule,
    BlocksModule,
    ContactBulkModule,
    CompaniesModule,
    CompanyRecordsModule,
    ContactDataModule,
    ContactListsModule,
    ContactRecordsModule,
    ContactValidationModule,
    ContactWritingModule,
    ContactsModule,
    DeletedNamesModule,
    ContactExportsModule,
    ContactIdentificationModule,
    ContactIdentitiesModule,
    ContactImportsModule,
    ContactMergesModule,
    ContactNotesModule,
    ContactPrivacyModule,
    IdentityReferencesModule,
    SegmentRecordsModule,
    SegmentsModule,
    TagNamesModule,
    ContactTicketCountsModule,
    ContactTimelineModule,
  ],
  exports: [
    TagNamesModule,
    AttributesModule,
    BlocksModule,
    CompaniesModule,
    ContactDataModule,
    ContactListsModule,
    ContactWritingModule,
    ContactIdentitiesModule,
    ContactTicketCountsModule,
  ],
})
export class IdentityModule {}
