import { Injectable } from '@nestjs/common';
import { Renders } from '@parley/kernel/rendering';
import { ConversationsService } from './conversations.service.js';
import { toConversationDto, type ConversationDto } from './dto/conversation.dto.js';

/** Renders conversations for events and webhooks. */
@Injectable()
export class ConversationRenderer {
  constructor(private readonly conversations: ConversationsService) {}

  @Renders('conversation')
  async render(workspaceId: string, id: string): Promise<ConversationDto | null> {
    const conversation = await this.conversations.find(workspaceId, id);
    return conversation && toConversationDto(conversation);
  }
}
