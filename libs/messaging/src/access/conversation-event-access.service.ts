import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventAccessService } from '@parley/kernel/events';
import { ConversationsService } from '../conversations/conversations.service.js';

/** Hides conversations in limited inboxes in the event log from callers without access. */
@Injectable()
export class ConversationEventAccessService implements OnModuleInit {
  constructor(
    private readonly eventAccess: EventAccessService,
    private readonly conversations: ConversationsService,
  ) {}

  onModuleInit(): void {
    this.eventAccess.register((workspaceId, ids, hiddenInboxIds) =>
      this.conversations.listHiddenIds(workspaceId, ids, hiddenInboxIds),
    );
  }
}
