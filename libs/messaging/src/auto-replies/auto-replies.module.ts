import { Module } from '@nestjs/common';
import { TeamsModule } from '@parley/teams';
import { MessagesModule } from '../messages/messages.module.js';
import { AutoReplyPresenceCache } from './auto-reply-presence-cache.service.js';
import { AutoReplyRepository } from './auto-reply.repository.js';
import { SendAutoReplyOnMessageCreatedSubscriber } from './send-auto-reply-on-message-created.subscriber.js';

@Module({
  imports: [TeamsModule, MessagesModule],
  providers: [AutoReplyPresenceCache, AutoReplyRepository, SendAutoReplyOnMessageCreatedSubscriber],
})
export class AutoRepliesModule {}
