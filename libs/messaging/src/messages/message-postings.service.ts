import { Injectable } from '@nestjs/common';
import { badRequest, uploadsOf } from '@parley/kernel';
import type { FastifyRequest } from 'fastify';
import { FilesService } from '../files/files.service.js';
import { toNewMessage, type NewMessageDto } from './dto/new-message.dto.js';
import type { MessageView } from './message.view.js';
import { MessagesService } from './messages.service.js';

const FILE_FIELDS = new Set(['attachments[]', 'attachments']);

/** Messages that come in by HTTP, with the files that come with them. */
@Injectable()
export class MessagePostings {
  constructor(
    private readonly messages: MessagesService,
    private readonly files: FilesService,
  ) {}

  /** Says what is in the body; files of a multipart body are stored and attached, all or none. */
  post(
    workspaceId: string,
    conversationId: string,
    body: NewMessageDto,
    request: FastifyRequest,
  ): Promise<MessageView> {
    const uploads = uploadsOf(request);
    if (uploads.length === 0)
      return this.messages.create(workspaceId, conversationId, toNewMessage(body, { usualType: 'reply' }));
    const stray = uploads.find(({ field }) => !FILE_FIELDS.has(field));
    if (stray) throw badRequest({ [stray.field]: ['files go in the field attachments[]'] });
    return this.files.store(workspaceId, uploads, null, (stored) =>
      this.messages.create(
        workspaceId,
        conversationId,
        toNewMessage(body, { usualType: 'reply', fileIds: stored.map(({ id }) => id) }),
      ),
    );
  }
}
