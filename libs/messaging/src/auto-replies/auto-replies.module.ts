import { Module } from '@nestjs/common';
import { TeamsModule } from '@parley/teams';
import { MessagesModule } from '../messages/messages.module.js';
import { AutoReplyRepository } from './auto-reply.repository.js';
import { SendAutoReplyOnMessageCreatedSubscriber } from './send-auto-reply-on-message-created.subscriber.js';

@Module({
  imports: [TeamsModule, MessagesModule],
  providers: [AutoReplyRepository, SendAutoReplyOnMessageCreatedSubscriber],
})
export class AutoRepliesModule {}
