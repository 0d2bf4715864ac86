import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ContactDataModule } from '../contact-data/contact-data.module.js';
import { ContactRecordsModule } from '../contacts/contact-records.module.js';
import { ContactValidationModule } from '../contacts/contact-validation.module.js';
import { BlockContactDataService } from './block-contact-data.service.js';
import { BlockEntity } from './block.entity.js';
import { BlockedVisitorsController } from './blocked-visitors.controller.js';
import { BlocksRepository } from './blocks.repository.js';
import { BlocksService } from './blocks.service.js';
import { ExpireBlockTimer } from './expire-block.timer.js';

@Module({
  imports: [TypeOrmModule.forFeature([BlockEntity]), ContactDataModule, ContactRecordsModule, ContactValidationModule],
  controllers: [BlockedVisitorsController],
  providers: [BlockContactDataService, BlocksRepository, BlocksService, ExpireBlockTimer],
  exports: [BlocksService],
})
export class BlocksModule {}
