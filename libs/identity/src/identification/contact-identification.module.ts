import { Module } from '@nestjs/common';
import { ContactAvatarsModule } from '../avatars/contact-avatars.module.js';
import { ContactValidationModule } from '../contacts/contact-validation.module.js';
import { ContactWritingModule } from '../contacts/contact-writing.module.js';
import { ContactMergesModule } from '../merges/contact-merges.module.js';
import { ContactIdentificationController } from './contact-identification.controller.js';
import { ContactIdentificationService } from './contact-identification.service.js';

@Module({
  imports: [ContactAvatarsModule, ContactMergesModule, ContactValidationModule, ContactWritingModule],
  controllers: [ContactIdentificationController],
  providers: [ContactIdentificationService],
})
export class ContactIdentificationModule {}
