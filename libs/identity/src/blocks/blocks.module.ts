import { Module } from '@nestjs/common';
import { ContactDataModule } from '../contact-data/contact-data.module.js';
import { ContactRecordsModule } from '../contacts/contact-records.module.js';
import { ContactValidationModule } from '../contacts/contact-validation.module.js';
import { BlockContactDataService } from './block-contact-data.service.js';
import { BlockRecordsModule } from './block-records.module.js';
import { BlockedVisitorsController } from './blocked-visitors.controller.js';
import { BlocksService } from './blocks.service.js';
import { ExpireBlockTimer } from './expire-block.timer.js';

@Module({
  imports: [BlockRecordsModule, ContactDataModule, ContactRecordsModule, ContactValidationModule],
  controllers: [BlockedVisitorsController],
  providers: [BlockContactDataService, BlocksService, ExpireBlockTimer],
  exports: [BlocksService],
})
export class BlocksModule {}
