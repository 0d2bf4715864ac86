import { Injectable } from '@nestjs/common';
import { RendersBatch } from '@parley/kernel/rendering';
import { ConversationsService } from './conversations.service.js';
import { toConversationDto, type ConversationDto } from './dto/conversation.dto.js';

/** Renders conversations for events and webhooks. */
@Injectable()
export class ConversationRenderer {
  constructor(private readonly conversations: ConversationsService) {}

  @RendersBatch('conversation')
  async render(workspaceId: string, ids: readonly string[]): Promise<ReadonlyMap<string, ConversationDto>> {
    const conversations = await this.conversations.findMany(workspaceId, ids);
    return new Map(conversations.map((conversation) => [conversation.id, toConversationDto(conversation)]));
  }
}
