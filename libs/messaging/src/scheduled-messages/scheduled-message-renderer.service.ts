import { Injectable } from '@nestjs/common';
import { Renders } from '@parley/kernel/rendering';
import type { ScheduledMessageDto } from './dto/scheduled-message.dto.js';
import { ScheduledMessageMapper } from './scheduled-message-mapper.service.js';
import { ScheduledMessagesService } from './scheduled-messages.service.js';

/** Renders scheduled messages for events and webhooks. */
@Injectable()
export class ScheduledMessageRenderer {
  constructor(
    private readonly scheduledMessages: ScheduledMessagesService,
    private readonly mapper: ScheduledMessageMapper,
  ) {}

  @Renders('scheduled_message')
  async render(workspaceId: string, id: string): Promise<ScheduledMessageDto | null> {
    const message = await this.scheduledMessages.find(workspaceId, id);
    return message && this.mapper.toDto(workspaceId, message);
  }
}
