import { Injectable } from '@nestjs/common';
import { RendersBatch } from '@parley/kernel/rendering';
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

  @RendersBatch('message', 'note')
  async render(workspaceId: string, ids: readonly string[]): Promise<ReadonlyMap<string, MessageDto>> {
    const messages = await this.messages.findMany(workspaceId, ids);
    return new Map(
      messages.map((message) => [message.id, toMessageDto(message, (fileId) => this.files.buildUrl(fileId))]),
    );
  }
}
