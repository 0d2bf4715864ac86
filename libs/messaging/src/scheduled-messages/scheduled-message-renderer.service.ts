import { Injectable } from '@nestjs/common';
import { Renders } from '@parley/kernel/rendering';
import { toScheduledMessageDto, type ScheduledMessageDto } from './dto/scheduled-message.dto.js';
import { ScheduledMessagesService } from './scheduled-messages.service.js';

/** Renders scheduled messages for events and webhooks. */
@Injectable()
export class ScheduledMessageRenderer {
  constructor(private readonly scheduledMessages: ScheduledMessagesService) {}

  @Renders('scheduled_message')
  async render(workspaceId: string, id: string): Promise<ScheduledMessageDto | null> {
    const message = await this.scheduledMessages.find(workspaceId, id);
    return message && toScheduledMessageDto(message);
  }
}
