import { Injectable } from '@nestjs/common';
import { Subscribe, type Changed, type RecordedEvent } from '@parley/kernel/events';
import {
  ConversationCreated,
  ConversationTagged,
  ConversationUntagged,
  ConversationUpdated,
  type ConversationChangeEventData,
} from '@parley/messaging';
import {
  TicketCreated,
  TicketMerged,
  TicketTagged,
  TicketUnmerged,
  TicketUntagged,
  TicketUpdated,
  type TicketChangeEventData,
} from '../ticket.events.js';
import { TagsService, type TagsChange } from './tags.service.js';

/** Data of an event about tags: all tags of a new object, or the changed fields of an existing one. */
type TagsEventData = { readonly tags: readonly string[] } | { readonly changed: Changed };

/** Updates the tag counts, and creates new tags, when the tags of conversations and tickets change. */
@Injectable()
export class UpdateTagCountsOnTagsChangedSubscriber {
  constructor(private readonly tags: TagsService) {}

  @Subscribe([ConversationCreated, ConversationTagged, ConversationUntagged, ConversationUpdated], {
    id: 'workflow.update-tag-counts',
    from: 'start',
    // Conversations of the whole workspace change the count of a tag.
    partition: 'workspace',
    batch: true,
  })
  async updateConversationCounts(
    events: readonly RecordedEvent<ConversationCreated['data'] | ConversationChangeEventData>[],
  ): Promise<void> {
    await this.tags.updateCounts(events[0]!.workspaceId, 'conversation', events.flatMap(toChanges));
  }

  @Subscribe([TicketCreated, TicketTagged, TicketUntagged, TicketUpdated, TicketMerged, TicketUnmerged], {
    id: 'workflow.update-tag-ticket-counts',
    from: 'start',
    partition: 'workspace',
    batch: true,
  })
  async updateTicketCounts(
    events: readonly RecordedEvent<TicketCreated['data'] | TicketChangeEventData>[],
  ): Promise<void> {
    await this.tags.updateCounts(events[0]!.workspaceId, 'ticket', events.flatMap(toChanges));
  }
}

function toChanges({ data }: RecordedEvent<TagsEventData>): TagsChange[] {
  if (!('changed' in data)) return [{ before: [], after: data.tags }];
  const change = data.changed.tags as readonly [string[], string[]] | undefined;
  return change ? [{ before: change[0], after: change[1] }] : [];
}
