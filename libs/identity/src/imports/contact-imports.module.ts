import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AttributesModule } from '../attributes/attributes.module.js';
import { CompaniesModule } from '../companies/companies.module.js';
import { CompanyRecordsModule } from '../companies/company-records.module.js';
import { ContactValidationModule } from '../contacts/contact-validation.module.js';
import { ContactWritingModule } from '../contacts/contact-writing.module.js';
import { ContactImportsController } from './contact-imports.controller.js';
import { ContactImportsService } from './contact-imports.service.js';
import { ContactOwnersRepository } from './contact-owners.repository.js';
import { ImportBatchRunner } from './import-batch-runner.service.js';
import { ImportCompanyResolver } from './import-company-resolver.service.js';
import { ImportContactsJob } from './import-contacts.job.js';
import { ImportDraftEntity } from './import-draft.entity.js';
import { ImportDraftsRepository } from './import-drafts.repository.js';
import { ImportDryRunService } from './import-dry-run.service.js';
import { ImportErrorEntity } from './import-error.entity.js';
import { ImportFinalizer } from './import-finalizer.service.js';
import { ImportRetentionService } from './import-retention.service.js';
import { ImportRowWriter } from './import-row-writer.service.js';
import { ImportRowParser } from './import-row-parser.service.js';
import { ImportRunner } from './import-runner.service.js';
import { ImportEntity } from './import.entity.js';
import { ImportsRepository } from './imports.repository.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([ImportDraftEntity, ImportErrorEntity, ImportEntity]),
    AttributesModule,
    CompaniesModule,
    CompanyRecordsModule,
    ContactValidationModule,
    ContactWritingModule,
  ],
  controllers: [ContactImportsController],
  providers: [
    ContactImportsService,
    ContactOwnersRepository,
    ImportBatchRunner,
    ImportCompanyResolver,
    ImportContactsJob,
    ImportDraftsRepository,
    ImportDryRunService,
    ImportFinalizer,
    ImportRetentionService,
    ImportRowParser,
    ImportRowWriter,
    ImportRunner,
    ImportsRepository,
  ],
})
export class ContactImportsModule {}
