import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel/events';
import {
  ConversationCreated,
  ConversationTagged,
  ConversationUntagged,
  ConversationUpdated,
  type ConversationChangeEventData,
} from '@parley/messaging';
import { TagsService, type TagsChange } from './tags.service.js';

/** Updates the tag counts, and creates new tags, when the tags of conversations change. */
@Injectable()
export class UpdateTagCountsOnConversationTaggedSubscriber {
  constructor(private readonly tags: TagsService) {}

  @Subscribe([ConversationCreated, ConversationTagged, ConversationUntagged, ConversationUpdated], {
    id: 'workflow.update-tag-counts',
    from: 'start',
    // Conversations of the whole workspace change the count of a tag.
    partition: 'workspace',
    batch: true,
  })
  async updateCounts(
    events: readonly RecordedEvent<ConversationCreated['data'] | ConversationChangeEventData>[],
  ): Promise<void> {
    const changes = events.flatMap(({ data }): TagsChange[] => {
      if (!('changed' in data)) return [{ before: [], after: data.tags }];
      const change = data.changed.tags as readonly [string[], string[]] | undefined;
      return change ? [{ before: change[0], after: change[1] }] : [];
    });
    await this.tags.updateCounts(events[0]!.workspaceId, changes);
  }
}
