import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ParticipantEntity } from './participant.entity.js';
import { ParticipantsWriter } from './participants-writer.service.js';
import { ParticipantsRepository } from './participants.repository.js';

/** Stored participants, without the conversations, which depend on them. */
@Module({
  imports: [TypeOrmModule.forFeature([ParticipantEntity])],
  providers: [ParticipantsRepository, ParticipantsWriter],
  exports: [ParticipantsWriter, ParticipantsRepository],
})
export class ParticipantRecordsModule {}
