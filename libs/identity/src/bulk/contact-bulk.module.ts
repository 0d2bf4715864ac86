import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ContactListsModule } from '../contacts/contact-lists.module.js';
import { ContactWritingModule } from '../contacts/contact-writing.module.js';
import { BulkOperationRetentionService } from './bulk-operation-retention.service.js';
import { BulkOperationChangeEntity } from './bulk-operation-change.entity.js';
import { BulkOperationEntity } from './bulk-operation.entity.js';
import { BulkOperationsRepository } from './bulk-operations.repository.js';
import { ContactBulkController } from './contact-bulk.controller.js';
import { ContactBulkUndoService } from './contact-bulk-undo.service.js';
import { ContactBulkUpdater } from './contact-bulk-updater.service.js';
import { ContactBulkService } from './contact-bulk.service.js';
import { UpdateContactsJob } from './update-contacts.job.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([BulkOperationEntity, BulkOperationChangeEntity]),
    ContactListsModule,
    ContactWritingModule,
  ],
  controllers: [ContactBulkController],
  providers: [
    BulkOperationRetentionService,
    BulkOperationsRepository,
    ContactBulkService,
    ContactBulkUndoService,
    ContactBulkUpdater,
    UpdateContactsJob,
  ],
})
export class ContactBulkModule {}
