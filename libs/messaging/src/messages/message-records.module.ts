import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MessageEntity } from './message.entity.js';
import { MessagesRepository } from './messages.repository.js';

/** Stored messages. */
@Module({
  imports: [TypeOrmModule.forFeature([MessageEntity])],
  providers: [MessagesRepository],
  exports: [MessagesRepository],
})
export class MessageRecordsModule {}
