import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ContactDataModule } from '../contact-data/contact-data.module.js';
import { ContactListsModule } from '../contacts/contact-lists.module.js';
import { ContactRecordsModule } from '../contacts/contact-records.module.js';
import { ContactWritingModule } from '../contacts/contact-writing.module.js';
import { SegmentRecordsModule } from '../segments/segment-records.module.js';
import { ContactExportsController } from './contact-exports.controller.js';
import { ContactExportsService } from './contact-exports.service.js';
import { ExportContentBuilder } from './export-content-builder.service.js';
import { ExportRetentionService } from './export-retention.service.js';
import { ExportRunner } from './export-runner.service.js';
import { ExportEntity } from './export.entity.js';
import { ExportsRepository } from './exports.repository.js';
import { WriteExportsJob } from './write-exports.job.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([ExportEntity]),
    ContactDataModule,
    ContactListsModule,
    ContactRecordsModule,
    ContactWritingModule,
    SegmentRecordsModule,
  ],
  controllers: [ContactExportsController],
  providers: [
    ContactExportsService,
    ExportContentBuilder,
    ExportRetentionService,
    ExportRunner,
    ExportsRepository,
    WriteExportsJob,
  ],
  exports: [ContactExportsService, ExportsRepository],
})
export class ContactExportsModule {}
