import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ContactDataModule } from '../contact-data/contact-data.module.js';
import { ContactWritingModule } from '../contacts/contact-writing.module.js';
import { ContactNoteEntity } from './contact-note.entity.js';
import { ContactNotesController } from './contact-notes.controller.js';
import { ContactNotesRepository } from './contact-notes.repository.js';
import { ContactNotesService } from './contact-notes.service.js';
import { NoteContactDataService } from './note-contact-data.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([ContactNoteEntity]), ContactDataModule, ContactWritingModule],
  controllers: [ContactNotesController],
  providers: [ContactNotesRepository, ContactNotesService, NoteContactDataService],
})
export class ContactNotesModule {}
