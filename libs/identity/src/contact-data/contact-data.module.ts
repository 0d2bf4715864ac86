import { Module } from '@nestjs/common';
import { ContactDataRegistry } from './contact-data-registry.service.js';
import { EventLogContactDataService } from './event-log-contact-data.service.js';
import { FileEraser } from './file-eraser.service.js';

@Module({
  providers: [ContactDataRegistry, EventLogContactDataService, FileEraser],
  exports: [ContactDataRegistry, FileEraser],
})
export class ContactDataModule {}
