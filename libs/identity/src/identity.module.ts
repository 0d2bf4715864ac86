import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AttributeDefinitionEntity } from './attributes/attribute-definition.entity.js';
import { AttributeValidator } from './attributes/attribute-validator.service.js';
import { AttributeDefinitionsController } from './attributes/attribute-definitions.controller.js';
import { AttributeDefinitionsRepository } from './attributes/attribute-definitions.repository.js';
import { AttributeDefinitionsService } from './attributes/attribute-definitions.service.js';
import { ContactAvatarsController } from './avatars/contact-avatars.controller.js';
import { ContactAvatarsService } from './avatars/contact-avatars.service.js';
import { BlockContactDataService } from './blocks/block-contact-data.service.js';
import { BlockEntity } from './blocks/block.entity.js';
import { BlockedVisitorsController } from './blocks/blocked-visitors.controller.js';
import { BlocksRepository } from './blocks/blocks.repository.js';
import { BlocksService } from './blocks/blocks.service.js';
import { ExpireBlockTimer } from './blocks/expire-block.timer.js';
import { BulkOperationEntity } from './bulk/bulk-operation.entity.js';
import { BulkOperationsRepository } from './bulk/bulk-operations.repository.js';
import { UpdateContactsJob } from './bulk/update-contacts.job.js';
import { ContactBulkController } from './bulk/contact-bulk.controller.js';
import { ContactBulkService } from './bulk/contact-bulk.service.js';
import { BulkOperationRetentionService } from './bulk/bulk-operation-retention.service.js';
import { CompaniesController } from './companies/companies.controller.js';
import { CompaniesRepository } from './companies/companies.repository.js';
import { CompaniesService } from './companies/companies.service.js';
import { CompanyDomainEntity } from './companies/company-domain.entity.js';
import { CompanyRenderer } from './companies/company-renderer.service.js';
import { CompanyEntity } from './companies/company.entity.js';
import { RenameContactsCompanyOnCompanyUpdatedSubscriber } from './companies/rename-contacts-company-on-company-updated.subscriber.js';
import { ContactAddressesRepository } from './contacts/contact-addresses.repository.js';
import { ContactEmailEntity } from './contacts/contact-email.entity.js';
import { ContactErasureRepository } from './contacts/contact-erasure.repository.js';
import { ContactPhoneEntity } from './contacts/contact-phone.entity.js';
import { ContactValidator } from './contacts/contact-validator.service.js';
import { ContactOwnerFinder } from './contacts/contact-owner-finder.service.js';
import { ContactListsRepository } from './contacts/contact-lists.repository.js';
import { ContactListsService } from './contacts/contact-lists.service.js';
import { ContactRenderer } from './contacts/contact-renderer.service.js';
import { ContactSearchRepository } from './contacts/contact-search.repository.js';
import { ContactSearchService } from './contacts/contact-search.service.js';
import { ContactWriter } from './contacts/contact-writer.service.js';
import { ContactEntity } from './contacts/contact.entity.js';
import { ContactsController } from './contacts/contacts.controller.js';
import { ContactsRepository } from './contacts/contacts.repository.js';
import { ContactsService } from './contacts/contacts.service.js';
import { ContactExportsController } from './exports/contact-exports.controller.js';
import { ContactExportsService } from './exports/contact-exports.service.js';
import { ExportContentBuilder } from './exports/export-content-builder.service.js';
import { ExportRunner } from './exports/export-runner.service.js';
import { ExportEntity } from './exports/export.entity.js';
import { ExportsRepository } from './exports/exports.repository.js';
import { ExportRetentionService } from './exports/export-retention.service.js';
import { WriteExportsJob } from './exports/write-exports.job.js';
import { ContactDataRegistry } from './contact-data/contact-data-registry.service.js';
import { EventLogContactDataService } from './contact-data/event-log-contact-data.service.js';
import { FileEraser } from './contact-data/file-eraser.service.js';
import { ContactIdentificationController } from './identification/contact-identification.controller.js';
import { ContactIdentificationService } from './identification/contact-identification.service.js';
import { ContactIdentitiesController } from './identities/contact-identities.controller.js';
import { ContactIdentitiesRepository } from './identities/contact-identities.repository.js';
import { ContactIdentitiesService } from './identities/contact-identities.service.js';
import { ContactIdentityEntity } from './identities/contact-identity.entity.js';
import { IdentityContactDataService } from './identities/identity-contact-data.service.js';
import { DeleteIdentitiesOnInboxDeletedSubscriber } from './identities/delete-identities-on-inbox-deleted.subscriber.js';
import { ContactImportsController } from './imports/contact-imports.controller.js';
import { ContactImportsService } from './imports/contact-imports.service.js';
import { ContactOwnersRepository } from './imports/contact-owners.repository.js';
import { ImportDraftEntity } from './imports/import-draft.entity.js';
import { ImportErrorEntity } from './imports/import-error.entity.js';
import { ImportRetentionService } from './imports/import-retention.service.js';
import { ImportBatchRunner } from './imports/import-batch-runner.service.js';
import { ImportDraftsRepository } from './imports/import-drafts.repository.js';
import { ImportContactsJob } from './imports/import-contacts.job.js';
import { ImportFinalizer } from './imports/import-finalizer.service.js';
import { ImportRowParser } from './imports/import-row-parser.service.js';
import { ImportDryRunService } from './imports/import-dry-run.service.js';
import { ImportRunner } from './imports/import-runner.service.js';
import { ImportEntity } from './imports/import.entity.js';
import { ImportsRepository } from './imports/imports.repository.js';
import { ContactMergeController } from './merges/contact-merge.controller.js';
import { ContactMergeEntity } from './merges/contact-merge.entity.js';
import { ContactMergesRepository } from './merges/contact-merges.repository.js';
import { ContactMergeService } from './merges/contact-merge.service.js';
import { ContactRestorer } from './merges/contact-restorer.service.js';
import { ContactUnmergeService } from './merges/contact-unmerge.service.js';
import { MergedContactsRepository } from './merges/merged-contacts.repository.js';
import { ContactNoteEntity } from './notes/contact-note.entity.js';
import { NoteContactDataService } from './notes/note-contact-data.service.js';
import { ContactNotesController } from './notes/contact-notes.controller.js';
import { ContactNotesRepository } from './notes/contact-notes.repository.js';
import { ContactNotesService } from './notes/contact-notes.service.js';
import { ContactEraser } from './privacy/contact-eraser.service.js';
import { ContactPrivacyController } from './privacy/contact-privacy.controller.js';
import { ContactRestoreService } from './privacy/contact-restore.service.js';
import { DeletedContactEraser } from './privacy/deleted-contact-eraser.service.js';
import { ContactRecordsEraser } from './privacy/contact-records-eraser.service.js';
import { RefreshSegmentJob } from './segments/refresh-segment.job.js';
import { SegmentMemberEntity } from './segments/segment-member.entity.js';
import { SegmentEntity } from './segments/segment.entity.js';
import { UpdateSegmentsOnEventSubscriber } from './segments/update-segments-on-event.subscriber.js';
import { TimeBasedSegmentScheduler } from './segments/time-based-segment-scheduler.service.js';
import { SegmentMembershipUpdater } from './segments/segment-membership-updater.service.js';
import { SegmentMembersRepository } from './segments/segment-members.repository.js';
import { SegmentsController } from './segments/segments.controller.js';
import { SegmentsRepository } from './segments/segments.repository.js';
import { SegmentsService } from './segments/segments.service.js';
import { ContactTimelineController } from './timeline/contact-timeline.controller.js';
import { ContactTimelineService } from './timeline/contact-timeline.service.js';

const IMPORTS = [
  ImportsRepository,
  ContactOwnersRepository,
  ImportBatchRunner,
  ImportRowParser,
  ImportDryRunService,
  ImportDraftsRepository,
  ImportFinalizer,
  ImportRunner,
  ContactImportsService,
  ImportContactsJob,
  ImportRetentionService,
];
const EXPORTS = [
  ExportsRepository,
  ExportContentBuilder,
  ExportRunner,
  ContactExportsService,
  WriteExportsJob,
  ExportRetentionService,
];
const SEGMENTS = [
  SegmentsRepository,
  SegmentMembersRepository,
  SegmentMembershipUpdater,
  SegmentsService,
  RefreshSegmentJob,
  UpdateSegmentsOnEventSubscriber,
  TimeBasedSegmentScheduler,
];
const PRIVACY = [
  EventLogContactDataService,
  FileEraser,
  ContactErasureRepository,
  ContactRecordsEraser,
  ContactEraser,
  ContactRestoreService,
  DeletedContactEraser,
];

@Module({
  imports: [
    TypeOrmModule.forFeature([
      AttributeDefinitionEntity,
      BlockEntity,
      BulkOperationEntity,
      CompanyEntity,
      CompanyDomainEntity,
      ContactEmailEntity,
      ContactIdentityEntity,
      ContactNoteEntity,
      ContactPhoneEntity,
      ContactEntity,
      ExportEntity,
      ImportDraftEntity,
      ImportErrorEntity,
      ImportEntity,
      ContactMergeEntity,
      SegmentMemberEntity,
      SegmentEntity,
    ]),
  ],
  controllers: [
    ContactImportsController,
    ContactExportsController,
    ContactPrivacyController,
    ContactBulkController,
    ContactsController,
    ContactNotesController,
    ContactTimelineController,
    ContactAvatarsController,
    ContactMergeController,
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
    ContactValidator,
    ContactOwnerFinder,
    ContactWriter,
    ContactsService,
    ContactListsService,
    ContactSearchRepository,
    ContactSearchService,
    ContactRenderer,
    BulkOperationsRepository,
    ContactBulkService,
    UpdateContactsJob,
    BulkOperationRetentionService,
    ContactNotesRepository,
    ContactNotesService,
    NoteContactDataService,
    ContactTimelineService,
    ContactAvatarsService,
    CompaniesRepository,
    CompaniesService,
    CompanyRenderer,
    RenameContactsCompanyOnCompanyUpdatedSubscriber,
    ContactMergesRepository,
    MergedContactsRepository,
    ContactMergeService,
    ContactUnmergeService,
    ContactRestorer,
    BlocksRepository,
    BlocksService,
    BlockContactDataService,
    ExpireBlockTimer,
    AttributeDefinitionsRepository,
    AttributeDefinitionsService,
    AttributeValidator,
    ContactIdentitiesRepository,
    ContactIdentitiesService,
    IdentityContactDataService,
    DeleteIdentitiesOnInboxDeletedSubscriber,
    ContactIdentificationService,
    ContactDataRegistry,
  ],
  exports: [
    ContactsService,
    ContactSearchService,
    ContactIdentitiesService,
    AttributeValidator,
    CompaniesService,
    BlocksService,
    ContactDataRegistry,
    FileEraser,
  ],
})
export class IdentityModule {}
