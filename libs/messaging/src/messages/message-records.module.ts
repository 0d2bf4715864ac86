import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MessageEntity } from './message.entity.js';
import { MessageCreationRepository } from './message-creation.repository.js';
import { MessagesRepository } from './messages.repository.js';

/** Stored messages. */
@Module({
  imports: [TypeOrmModule.forFeature([MessageEntity])],
  providers: [MessageCreationRepository, MessagesRepository],
  exports: [MessageCreationRepository, MessagesRepository],
})
export class MessageRecordsModule {}
