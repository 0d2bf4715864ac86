import { Module } from '@nestjs/common';
import { AttributeChecks } from './attributes/attribute-checks.service.js';
import { AttributeDefinitionsController } from './attributes/attribute-definitions.controller.js';
import { AttributeDefinitionsRepository } from './attributes/attribute-definitions.repository.js';
import { AttributeDefinitionsService } from './attributes/attribute-definitions.service.js';
import { ContactAvatarsController } from './avatars/contact-avatars.controller.js';
import { ContactAvatars } from './avatars/contact-avatars.service.js';
import { BlockHoldings } from './blocks/block-holdings.service.js';
import { BlockedVisitorsController } from './blocks/blocked-visitors.controller.js';
import { BlocksRepository } from './blocks/blocks.repository.js';
import { BlocksService } from './blocks/blocks.service.js';
import { UnblockOnTime } from './blocks/unblock-on-time.timer.js';
import { BulkOperationsRepository } from './bulk/bulk-operations.repository.js';
import { ChangeContacts } from './bulk/change-contacts.job.js';
import { ContactBulkController } from './bulk/contact-bulk.controller.js';
import { ContactBulk } from './bulk/contact-bulk.service.js';
import { ForgetBulkOperations } from './bulk/forget-bulk-operations.service.js';
import { CompaniesController } from './companies/companies.controller.js';
import { CompaniesRepository } from './companies/companies.repository.js';
import { CompaniesService } from './companies/companies.service.js';
import { CompanyRendering } from './companies/company-rendering.service.js';
import { RenameContactsCompanyOnCompanyUpdated } from './companies/rename-contacts-company-on-company-updated.subscriber.js';
import { ContactAddressesRepository } from './contacts/contact-addresses.repository.js';
import { ContactErasureRepository } from './contacts/contact-erasure.repository.js';
import { ContactFieldChecks } from './contacts/contact-fields.service.js';
import { ContactOwners } from './contacts/contact-owners.service.js';
import { ContactListsRepository } from './contacts/contact-lists.repository.js';
import { ContactLists } from './contacts/contact-lists.service.js';
import { ContactRendering } from './contacts/contact-rendering.service.js';
import { ContactSearchRepository } from './contacts/contact-search.repository.js';
import { ContactSearchService } from './contacts/contact-search.service.js';
import { ContactWriting } from './contacts/contact-writing.service.js';
import { ContactsController } from './contacts/contacts.controller.js';
import { ContactsRepository } from './contacts/contacts.repository.js';
import { ContactsService } from './contacts/contacts.service.js';
import { ContactExportsController } from './exports/contact-exports.controller.js';
import { ContactExports } from './exports/contact-exports.service.js';
import { ExportContent } from './exports/export-content.service.js';
import { ExportRun } from './exports/export-run.service.js';
import { ExportsRepository } from './exports/exports.repository.js';
import { ForgetExports } from './exports/forget-exports.service.js';
import { WriteExports } from './exports/write-exports.job.js';
import { ContactHoldingsRegistry } from './holdings/contact-holdings.service.js';
import { EventLogHoldings } from './holdings/event-log-holdings.service.js';
import { FileErasure } from './holdings/file-erasure.service.js';
import { ContactIdentificationController } from './identification/contact-identification.controller.js';
import { ContactIdentification } from './identification/contact-identification.service.js';
import { ContactIdentitiesController } from './identities/contact-identities.controller.js';
import { ContactIdentitiesRepository } from './identities/contact-identities.repository.js';
import { ContactIdentities } from './identities/contact-identities.service.js';
import { ContactIdentityHoldings } from './identities/contact-identity-holdings.service.js';
import { ForgetIdentitiesOnInboxDeleted } from './identities/forget-identities-on-inbox-deleted.subscriber.js';
import { ContactImportsController } from './imports/contact-imports.controller.js';
import { ContactImports } from './imports/contact-imports.service.js';
import { ContactOwnersRepository } from './imports/contact-owners.repository.js';
import { ForgetImports } from './imports/forget-imports.service.js';
import { ImportBatches } from './imports/import-batches.service.js';
import { ImportDraftsRepository } from './imports/import-drafts.repository.js';
import { ImportContacts } from './imports/import-contacts.job.js';
import { ImportEnds } from './imports/import-ends.service.js';
import { ImportReading } from './imports/import-reading.service.js';
import { ImportRehearsal } from './imports/import-rehearsal.service.js';
import { ImportRun } from './imports/import-run.service.js';
import { ImportsRepository } from './imports/imports.repository.js';
import { ContactMergesController } from './merges/contact-merges.controller.js';
import { ContactMergesRepository } from './merges/contact-merges.repository.js';
import { ContactMerges } from './merges/contact-merges.service.js';
import { ContactRevivals } from './merges/contact-revivals.service.js';
import { ContactUnmerges } from './merges/contact-unmerges.service.js';
import { MergedContactsRepository } from './merges/merged-contacts.repository.js';
import { ContactNoteHoldings } from './notes/contact-note-holdings.service.js';
import { ContactNotesController } from './notes/contact-notes.controller.js';
import { ContactNotesRepository } from './notes/contact-notes.repository.js';
import { ContactNotes } from './notes/contact-notes.service.js';
import { ContactErasure } from './privacy/contact-erasure.service.js';
import { ContactPrivacyController } from './privacy/contact-privacy.controller.js';
import { ContactRestoring } from './privacy/contact-restoring.service.js';
import { EraseDeletedContacts } from './privacy/erase-deleted-contacts.service.js';
import { ErasureTraces } from './privacy/erasure-traces.service.js';
import { KeepSegment } from './segments/keep-segment.job.js';
import { KeepSegmentsOnEvents } from './segments/keep-segments-on-events.subscriber.js';
import { MoveSegmentsWithTime } from './segments/move-segments-with-time.service.js';
import { SegmentKeeping } from './segments/segment-keeping.service.js';
import { SegmentMembersRepository } from './segments/segment-members.repository.js';
import { SegmentsController } from './segments/segments.controller.js';
import { SegmentsRepository } from './segments/segments.repository.js';
import { SegmentsService } from './segments/segments.service.js';
import { ContactTimelineController } from './timeline/contact-timeline.controller.js';
import { ContactTimeline } from './timeline/contact-timeline.service.js';

const IMPORTS = [
  ImportsRepository,
  ContactOwnersRepository,
  ImportBatches,
  ImportReading,
  ImportRehearsal,
  ImportDraftsRepository,
  ImportEnds,
  ImportRun,
  ContactImports,
  ImportContacts,
  ForgetImports,
];
const EXPORTS = [ExportsRepository, ExportContent, ExportRun, ContactExports, WriteExports, ForgetExports];
const SEGMENTS = [
  SegmentsRepository,
  SegmentMembersRepository,
  SegmentKeeping,
  SegmentsService,
  KeepSegment,
  KeepSegmentsOnEvents,
  MoveSegmentsWithTime,
];
const PRIVACY = [
  EventLogHoldings,
  FileErasure,
  ContactErasureRepository,
  ErasureTraces,
  ContactErasure,
  ContactRestoring,
  EraseDeletedContacts,
];

/** The people who write in. */
@Module({
  controllers: [
    ContactImportsController,
    ContactExportsController,
    ContactPrivacyController,
    ContactBulkController,
    ContactsController,
    ContactNotesController,
    ContactTimelineController,
    ContactAvatarsController,
    ContactMergesController,
    ContactIdentitiesController,
    ContactIdentificationController,
    CompaniesController,
    SegmentsController,
    BlockedVisitorsController,
    AttributeDefinitionsController,
  ],
  providers: [
    ...IMPORTS,
    ...EXPORTS,
    ...PRIVACY,
    ...SEGMENTS,
    ContactsRepository,
    ContactAddressesRepository,
    ContactListsRepository,
    ContactFieldChecks,
    ContactOwners,
    ContactWriting,
    ContactsService,
    ContactLists,
    ContactSearchRepository,
    ContactSearchService,
    ContactRendering,
    BulkOperationsRepository,
    ContactBulk,
    ChangeContacts,
    ForgetBulkOperations,
    ContactNotesRepository,
    ContactNotes,
    ContactNoteHoldings,
    ContactTimeline,
    ContactAvatars,
    CompaniesRepository,
    CompaniesService,
    CompanyRendering,
    RenameContactsCompanyOnCompanyUpdated,
    ContactMergesRepository,
    MergedContactsRepository,
    ContactMerges,
    ContactUnmerges,
    ContactRevivals,
    BlocksRepository,
    BlocksService,
    BlockHoldings,
    UnblockOnTime,
    AttributeDefinitionsRepository,
    AttributeDefinitionsService,
    AttributeChecks,
    ContactIdentitiesRepository,
    ContactIdentities,
    ContactIdentityHoldings,
    ForgetIdentitiesOnInboxDeleted,
    ContactIdentification,
    ContactHoldingsRegistry,
  ],
  exports: [
    ContactsService,
    ContactSearchService,
    ContactIdentities,
    AttributeChecks,
    CompaniesService,
    BlocksService,
    ContactHoldingsRegistry,
    FileErasure,
  ],
})
export class IdentityModule {}
