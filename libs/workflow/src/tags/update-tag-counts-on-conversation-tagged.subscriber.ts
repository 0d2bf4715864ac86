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

/** Updates the tag counts, and creates new tags, when the tags of conversations change. */
@Injectable()
export class UpdateTagCountsOnConversationTaggedSubscriber {
  constructor(private readonly tags: TagsService) {}

  @Subscribe([ConversationCreated, ConversationTagged, ConversationUntagged, ConversationUpdated], {
    id: 'workflow.register-tags',
    from: 'start',
    // Conversations of the whole workspace change the count of a tag.
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
