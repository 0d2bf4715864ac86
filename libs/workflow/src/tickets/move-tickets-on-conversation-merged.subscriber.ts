import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel/events';
import { ConversationMerged, ConversationUnmerged } from '@parley/messaging';
import { TicketUpdater } from './ticket-updater.service.js';
import { TicketsRepository } from './tickets.repository.js';

/** Moves the tickets of a merged conversation to the other one, and back when the merge is undone. */
@Injectable()
export class MoveTicketsOnConversationMergedSubscriber {
  constructor(
    private readonly tickets: TicketsRepository,
    private readonly updater: TicketUpdater,
  ) {}

  @Subscribe([ConversationMerged], { id: 'workflow.move-tickets-on-conversation-merged' })
  async move({ workspaceId, data }: RecordedEvent<ConversationMerged['data']>): Promise<void> {
    if (data.side !== 'source') return;
    for (
      let ids = await this.list(workspaceId, data.source_id);
      ids.length > 0;
      ids = await this.list(workspaceId, data.source_id)
    )
      for (const id of ids)
        await this.updater.update(workspaceId, id, (state) => ({
          conversationId: data.target_id,
          movedFromConversationId: state.movedFromConversationId ?? data.source_id,
        }));
  }

  @Subscribe([ConversationUnmerged], { id: 'workflow.move-tickets-back-on-conversation-unmerged' })
  async moveBack({ workspaceId, data }: RecordedEvent<ConversationUnmerged['data']>): Promise<void> {
    if (data.side !== 'source') return;
    for (const id of await this.tickets.listIdsMovedFrom(workspaceId, data.source_id, data.target_id))
      await this.updater.update(workspaceId, id, () => ({
        conversationId: data.source_id,
        movedFromConversationId: null,
      }));
  }

  private list(workspaceId: string, conversationId: string): Promise<string[]> {
    return this.tickets.listIdsOf(workspaceId, 'conversation', conversationId);
  }
}
