import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ContactListsModule } from '../contacts/contact-lists.module.js';
import { ContactWritingModule } from '../contacts/contact-writing.module.js';
import { BulkOperationRetentionService } from './bulk-operation-retention.service.js';
import { BulkOperationEntity } from './bulk-operation.entity.js';
import { BulkOperationsRepository } from './bulk-operations.repository.js';
import { ContactBulkController } from './contact-bulk.controller.js';
import { ContactBulkService } from './contact-bulk.service.js';
import { UpdateContactsJob } from './update-contacts.job.js';

@Module({
  imports: [TypeOrmModule.forFeature([BulkOperationEntity]), ContactListsModule, ContactWritingModule],
  controllers: [ContactBulkController],
  providers: [BulkOperationRetentionService, BulkOperationsRepository, ContactBulkService, UpdateContactsJob],
})
export class ContactBulkModule {}
