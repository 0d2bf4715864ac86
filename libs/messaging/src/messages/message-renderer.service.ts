import { Injectable } from '@nestjs/common';
import { Renders } from '@parley/kernel/rendering';
import { FilesService } from '../files/files.service.js';
import { toMessageDto, type MessageDto } from './dto/message.dto.js';
import { MessagesService } from './messages.service.js';

/** Renders messages and notes for events and webhooks. */
@Injectable()
export class MessageRenderer {
  constructor(
    private readonly messages: MessagesService,
    private readonly files: FilesService,
  ) {}

  @Renders('message', 'note')
  async render(workspaceId: string, id: string): Promise<MessageDto | null> {
    const message = await this.messages.find(workspaceId, id);
    return message && toMessageDto(message, (fileId) => this.files.buildUrl(fileId));
  }
}
