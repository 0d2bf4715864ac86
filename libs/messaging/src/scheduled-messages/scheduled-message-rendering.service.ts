import { Injectable } from '@nestjs/common';
import { Renders } from '@parley/kernel';
import { toScheduledMessageDto, type ScheduledMessageDto } from './dto/scheduled-message.dto.js';
import { ScheduledMessagesService } from './scheduled-messages.service.js';

/** Shows scheduled messages to whoever tells others of them. */
@Injectable()
export class ScheduledMessageRendering {
  constructor(private readonly scheduled: ScheduledMessagesService) {}

  @Renders('scheduled_message')
  async render(workspaceId: string, id: string): Promise<ScheduledMessageDto | null> {
    const message = await this.scheduled.find(workspaceId, id);
    return message && toScheduledMessageDto(message);
  }
}
