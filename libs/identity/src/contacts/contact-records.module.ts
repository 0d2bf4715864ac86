import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ContactAddressesRepository } from './contact-addresses.repository.js';
import { ContactEmailEntity } from './contact-email.entity.js';
import { ContactErasureRepository } from './contact-erasure.repository.js';
import { ContactPhoneEntity } from './contact-phone.entity.js';
import { ContactEntity } from './contact.entity.js';
import { ContactsRepository } from './contacts.repository.js';

/** Stored contacts and their addresses. */
@Module({
  imports: [TypeOrmModule.forFeature([ContactEntity, ContactEmailEntity, ContactPhoneEntity])],
  providers: [ContactsRepository, ContactAddressesRepository, ContactErasureRepository],
  exports: [ContactAddressesRepository, ContactErasureRepository, ContactsRepository],
})
export class ContactRecordsModule {}
