import { Injectable, type OnModuleInit } from '@nestjs/common';
import { isUuid } from '@parley/kernel';
import { EventAccessService, type AccessedEvent } from '@parley/kernel/events';
import { ConversationsService } from '../conversations/conversations.service.js';

/** Hides events of conversations in limited inboxes from callers without access. */
@Injectable()
export class ConversationEventAccessService implements OnModuleInit {
  constructor(
    private readonly eventAccess: EventAccessService,
    private readonly conversations: ConversationsService,
  ) {}

  onModuleInit(): void {
    this.eventAccess.register((workspaceId, hiddenInboxIds, events) =>
      this.selectVisible(workspaceId, hiddenInboxIds, events),
    );
  }

  private async selectVisible<Event extends AccessedEvent>(
    workspaceId: string,
    hiddenInboxIds: readonly string[],
    events: readonly Event[],
  ): Promise<Event[]> {
    const ids = [...new Set(events.flatMap(conversationIdsOf))];
    if (ids.length === 0) return [...events];
    const hiddenIds = await this.conversations.listHiddenIds(workspaceId, ids, hiddenInboxIds);
    return events.filter((event) => !conversationIdsOf(event).some((id) => hiddenIds.has(id)));
  }
}

/** The IDs that can be those of a conversation of the event: the subject, and `conversation_id` in its data. */
function conversationIdsOf({ subjectId, data }: AccessedEvent): string[] {
  const { conversation_id: conversationId } = data as { readonly conversation_id?: unknown };
  return [subjectId, conversationId].filter((id): id is string => typeof id === 'string' && isUuid(id));
}
