import { Injectable } from '@nestjs/common';
import {
  assertVersion,
  badRequest,
  Clock,
  currentActor,
  newId,
  notFound,
  Timers,
  UnitOfWork,
  unprocessable,
  type Page,
  type PageRequest,
} from '@parley/kernel';
import { ConversationsService } from '../conversations/conversations.service.js';
import { FilesService } from '../files/files.service.js';
import { templateFaults } from '../templates/templates.js';
import type {
  ScheduledMessageFields,
  ScheduledMessagesFilter,
  ScheduledMessageView,
} from './scheduled-message.view.js';
import { ScheduledMessagesRepository } from './scheduled-messages.repository.js';

/** Kind of the timer that sends a scheduled message. */
export const SEND_SCHEDULED = 'messaging.send-scheduled';

/** What is to be said later. */
@Injectable()
export class ScheduledMessagesService {
  constructor(
    private readonly scheduled: ScheduledMessagesRepository,
    private readonly conversations: ConversationsService,
    private readonly files: FilesService,
    private readonly unitOfWork: UnitOfWork,
    private readonly timers: Timers,
    private readonly clock: Clock,
  ) {}

  list(
    workspaceId: string,
    filter: ScheduledMessagesFilter,
    request: PageRequest,
  ): Promise<Page<ScheduledMessageView>> {
    return this.scheduled.list(workspaceId, filter, request);
  }

  /** The scheduled message, or null. */
  find(workspaceId: string, id: string): Promise<ScheduledMessageView | null> {
    return this.scheduled.find(workspaceId, id);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<ScheduledMessageView> {
    return found(await this.scheduled.find(workspaceId, id));
  }

  /** @throws DomainError BAD_REQUEST for a time that is over or a text that cannot be rendered, UNPROCESSABLE */
  create(workspaceId: string, conversationId: string, fields: ScheduledMessageFields): Promise<ScheduledMessageView> {
    return this.unitOfWork.run(async () => {
      if (!(await this.conversations.find(workspaceId, conversationId)))
        throw unprocessable('There is no conversation with this id', { conversation_id: conversationId });
      await this.check(workspaceId, fields);
      const made = await this.scheduled.add(workspaceId, newId(), conversationId, currentActor(), fields, this.now());
      await this.keepTimer(workspaceId, made);
      return made;
    });
  }

  /** Changes what has not been said yet; what failed is given another chance. @throws DomainError NOT_FOUND, BAD_REQUEST, UNPROCESSABLE, PRECONDITION_FAILED */
  update(
    workspaceId: string,
    id: string,
    change: Partial<ScheduledMessageFields>,
    expected: number | null,
  ): Promise<ScheduledMessageView> {
    return this.unitOfWork.run(async () => {
      const before = await this.lockUnsent(workspaceId, id);
      assertVersion(expected, before.version, () => before);
      const { type, body, contentType, attachmentIds, sendAt, status } = before;
      const fields: ScheduledMessageFields = {
        type,
        body,
        contentType,
        attachmentIds,
        sendAt,
        status: status === 'draft' ? 'draft' : 'pending',
        ...change,
      };
      if (JSON.stringify({ ...fields }) === JSON.stringify({ type, body, contentType, attachmentIds, sendAt, status }))
        return before;
      await this.check(workspaceId, fields);
      const after = await this.scheduled.update(workspaceId, id, fields, this.now());
      await this.keepTimer(workspaceId, after);
      return after;
    });
  }

  /** Takes back what has not been said yet; gives what it was. @throws DomainError NOT_FOUND, UNPROCESSABLE, PRECONDITION_FAILED */
  delete(workspaceId: string, id: string, expected: number | null): Promise<ScheduledMessageView> {
    return this.unitOfWork.run(async () => {
      const known = await this.lockUnsent(workspaceId, id);
      assertVersion(expected, known.version, () => known);
      await this.scheduled.delete(workspaceId, id);
      await this.timers.cancel(workspaceId, SEND_SCHEDULED, id);
      return known;
    });
  }

  /** Locks what is about to change. @throws DomainError NOT_FOUND, UNPROCESSABLE for what was said already. */
  async lockUnsent(workspaceId: string, id: string): Promise<ScheduledMessageView> {
    const message = found(await this.scheduled.lock(workspaceId, id));
    if (message.status === 'sent')
      throw unprocessable('The message has been sent', { status: message.status, message_id: message.messageId });
    return message;
  }

  private async check(
    workspaceId: string,
    { body, attachmentIds, sendAt, status }: ScheduledMessageFields,
  ): Promise<void> {
    if (body === '' && attachmentIds.length === 0 && status === 'pending')
      throw badRequest({ body: ['body must not be empty unless a file is attached'] });
    if (status === 'pending' && sendAt === null)
      throw badRequest({ send_at: ['say when to send it, or make it a draft'] });
    if (status === 'pending' && Date.parse(sendAt!) <= this.clock.now().getTime())
      throw badRequest({ send_at: ['send_at must lie in the future'] });
    const faults = templateFaults(body);
    if (faults.length > 0) throw badRequest({ body: faults });
    await this.files.attachments(workspaceId, attachmentIds);
  }

  private async keepTimer(workspaceId: string, { id, status, sendAt }: ScheduledMessageView): Promise<void> {
    if (status !== 'pending') return this.timers.cancel(workspaceId, SEND_SCHEDULED, id);
    await this.timers.set({ workspaceId, kind: SEND_SCHEDULED, key: id, payload: {}, dueAt: new Date(sendAt!) });
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

function found(message: ScheduledMessageView | null): ScheduledMessageView {
  if (!message) throw notFound('Scheduled message');
  return message;
}
