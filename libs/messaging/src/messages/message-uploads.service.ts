import { Injectable } from '@nestjs/common';
import { badRequestError } from '@parley/kernel';
import { uploadsOf } from '@parley/kernel/http';
import type { FastifyRequest } from 'fastify';
import { FilesService } from '../files/files.service.js';
import { toCreateMessageInput, type CreateMessageDto } from './dto/create-message.dto.js';
import type { MessageView } from './message.view.js';
import { MessagesService } from './messages.service.js';

const FILE_FIELDS = new Set(['attachments[]', 'attachments']);

/** Creates messages from HTTP requests with file uploads. */
@Injectable()
export class MessageUploadsService {
  constructor(
    private readonly messages: MessagesService,
    private readonly files: FilesService,
  ) {}

  /** Creates a message. Files of a multipart body are stored and attached; if this fails, none is kept. */
  createMessage(
    workspaceId: string,
    conversationId: string,
    body: CreateMessageDto,
    request: FastifyRequest,
  ): Promise<MessageView> {
    const uploads = uploadsOf(request);
    if (uploads.length === 0)
      return this.messages.create(workspaceId, conversationId, toCreateMessageInput(body, { defaultType: 'reply' }));
    const unexpected = uploads.find(({ field }) => !FILE_FIELDS.has(field));
    if (unexpected) throw badRequestError({ [unexpected.field]: ['Send files in the field attachments[]'] });
    return this.files.store(workspaceId, uploads, null, (stored) =>
      this.messages.create(
        workspaceId,
        conversationId,
        toCreateMessageInput(body, { defaultType: 'reply', fileIds: stored.map(({ id }) => id) }),
      ),
    );
  }
}
