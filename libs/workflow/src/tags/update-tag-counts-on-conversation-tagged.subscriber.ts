import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel/events';
import {
  ConversationCreated,
  ConversationTagged,
  ConversationUntagged,
  ConversationUpdated,
  type ConversationChangeEventData,
} from '@parley/messaging';
import { TagsService } from './tags.service.js';

/** Keeps the registry in step with the tags on conversations: their names, and how many have each. */
@Injectable()
export class UpdateTagCountsOnConversationTaggedSubscriber {
  constructor(private readonly tags: TagsService) {}

  @Subscribe([ConversationCreated, ConversationTagged, ConversationUntagged, ConversationUpdated], {
    id: 'workflow.register-tags',
    from: 'start',
    // Counts of a tag change with conversations of the whole workspace.
    partition: 'workspace',
  })
  async updateCounts({
    workspaceId,
    data,
  }: RecordedEvent<ConversationCreated['data'] | ConversationChangeEventData>): Promise<void> {
    const change = 'changed' in data ? data.changed.tags : ([[], data.tags] as const);
    if (!change) return;
    await this.tags.updateCounts(workspaceId, change[0] as string[], change[1] as string[]);
  }
}
