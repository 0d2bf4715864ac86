import { Module } from '@nestjs/common';
import { TeamsModule } from '@parley/teams';
import { AttributesModule } from '../attributes/attributes.module.js';
import { CompanyRecordsModule } from '../companies/company-records.module.js';
import { TagNamesModule } from '../tag-names/tag-names.module.js';
import { ContactFieldParser } from './contact-field-parser.service.js';
import { ContactValidator } from './contact-validator.service.js';

/** Validation of contact fields. */
@Module({
  imports: [TeamsModule, AttributesModule, CompanyRecordsModule, TagNamesModule],
  providers: [ContactFieldParser, ContactValidator],
  exports: [ContactFieldParser, ContactValidator],
})
export class ContactValidationModule {}
