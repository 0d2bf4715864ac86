import { Injectable } from '@nestjs/common';
import { Subscribe, type Changed, type RecordedEvent } from '@parley/kernel';
import { ConversationCreated, ConversationTagged, ConversationUntagged, ConversationUpdated } from '@parley/messaging';
import { TagsService } from './tags.service.js';

/** Keeps the registry in step with the tags on conversations: their names, and how many have each. */
@Injectable()
export class TagRegistryOnConversationTagged {
  constructor(private readonly tags: TagsService) {}

  @Subscribe([ConversationCreated, ConversationTagged, ConversationUntagged, ConversationUpdated], {
    id: 'workflow.register-tags',
    from: 'start',
  })
  async register({ workspaceId, type, data }: RecordedEvent<{ tags?: string[]; changed?: Changed }>): Promise<void> {
    const change = type === ConversationCreated.type ? [[], data.tags] : data.changed?.tags;
    if (!change) return;
    await this.tags.recount(workspaceId, change[0] as string[], change[1] as string[]);
  }
}
