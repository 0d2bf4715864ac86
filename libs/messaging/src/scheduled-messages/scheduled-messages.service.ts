import { Injectable } from '@nestjs/common';
import {
  assertNoIssues,
  Clock,
  currentActor,
  invalidInputError,
  newId,
  notFoundError,
  sentence,
  unprocessableError,
  unprocessableFieldError,
} from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { changesBetween, Events } from '@parley/kernel/events';
import { assertVersion } from '@parley/kernel/http';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import { Timers } from '@parley/kernel/timers';
import { ConversationsService } from '../conversations/conversations.service.js';
import { FilesService } from '../files/files.service.js';
import {
  ScheduledMessageCreated,
  ScheduledMessageDeleted,
  ScheduledMessageUpdated,
  type ScheduledMessageEventData,
} from '../message.events.js';
import { validateTemplate } from '../templates/templates.js';
import type { ScheduledMessageInput, ScheduledMessagesFilter, ScheduledMessageView } from './scheduled-message.view.js';
import { ScheduledMessagesRepository } from './scheduled-messages.repository.js';

/** Kind of the timer that sends a scheduled message. */
export const SEND_SCHEDULED_MESSAGE = 'messaging.send-scheduled';

/** Messages to be sent later. */
@Injectable()
export class ScheduledMessagesService {
  constructor(
    private readonly scheduledMessages: ScheduledMessagesRepository,
    private readonly conversations: ConversationsService,
    private readonly files: FilesService,
    private readonly unitOfWork: UnitOfWork,
    private readonly timers: Timers,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  list(
    workspaceId: string,
    filter: ScheduledMessagesFilter,
    request: PageRequest,
  ): Promise<Page<ScheduledMessageView>> {
    return this.scheduledMessages.list(workspaceId, filter, request);
  }

  /** Returns the scheduled message, or null. */
  find(workspaceId: string, id: string): Promise<ScheduledMessageView | null> {
    return this.scheduledMessages.find(workspaceId, id);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<ScheduledMessageView> {
    return assertFound(await this.scheduledMessages.find(workspaceId, id));
  }

  /** @throws DomainError BAD_REQUEST for a past time or an invalid template, UNPROCESSABLE */
  create(workspaceId: string, conversationId: string, fields: ScheduledMessageInput): Promise<ScheduledMessageView> {
    return this.unitOfWork.run(async () => {
      const conversation = await this.conversations.find(workspaceId, conversationId);
      const targetId = conversation?.mergedInto ?? null;
      // The message is sent in the target of a merge.
      if (!conversation || (targetId !== null && !(await this.conversations.find(workspaceId, targetId))))
        throw unprocessableFieldError('conversationId', 'No conversation has this ID', conversationId);
      await this.validate(workspaceId, fields);
      const created = await this.scheduledMessages.add(
        workspaceId,
        newId(),
        conversationId,
        currentActor(),
        fields,
        this.now(),
      );
      await this.updateTimer(workspaceId, created);
      this.events.append(new ScheduledMessageCreated(created.id, toEventData(created)));
      return created;
    });
  }

  /**
   * Updates a message that has not been sent; a failed message becomes pending again.
   * @throws DomainError NOT_FOUND, BAD_REQUEST, UNPROCESSABLE, PRECONDITION_FAILED
   */
  update(
    workspaceId: string,
    id: string,
    change: Partial<ScheduledMessageInput>,
    expectedVersion: number | null,
  ): Promise<ScheduledMessageView> {
    return this.unitOfWork.run(async () => {
      const before = await this.lockUnsent(workspaceId, id);
      assertVersion(expectedVersion, before.version, () => before);
      const { type, body, contentType, attachmentIds, sendAt, status } = before;
      const fields: ScheduledMessageInput = {
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
      await this.validate(workspaceId, fields);
      const after = await this.scheduledMessages.update(workspaceId, id, fields, this.now());
      await this.updateTimer(workspaceId, after);
      const changed = changesBetween(before, fields, WIRE_NAMES);
      this.events.append(new ScheduledMessageUpdated(id, { ...toEventData(after), changed }));
      return after;
    });
  }

  /**
   * Deletes a message that has not been sent, and returns it.
   * @throws DomainError NOT_FOUND, UNPROCESSABLE, PRECONDITION_FAILED
   */
  delete(workspaceId: string, id: string, expectedVersion: number | null): Promise<ScheduledMessageView> {
    return this.unitOfWork.run(async () => {
      const existing = await this.lockUnsent(workspaceId, id);
      assertVersion(expectedVersion, existing.version, () => existing);
      await this.scheduledMessages.delete(workspaceId, id);
      await this.timers.cancel(workspaceId, SEND_SCHEDULED_MESSAGE, id);
      this.events.append(new ScheduledMessageDeleted(id, toEventData(existing)));
      return existing;
    });
  }

  /** Locks a message that has not been sent. @throws DomainError NOT_FOUND, UNPROCESSABLE for a sent message. */
  async lockUnsent(workspaceId: string, id: string): Promise<ScheduledMessageView> {
    const message = assertFound(await this.scheduledMessages.lock(workspaceId, id));
    if (message.status === 'sent')
      throw unprocessableError('The message is already sent', {
        status: message.status,
        messageId: message.messageId,
      });
    return message;
  }

  private async validate(
    workspaceId: string,
    { body, attachmentIds, sendAt, status }: ScheduledMessageInput,
  ): Promise<void> {
    if (body.trim() === '' && attachmentIds.length === 0 && status === 'pending')
      throw invalidInputError('body', 'must not be empty unless a file is attached');
    if (status === 'pending' && sendAt === null)
      throw invalidInputError('sendAt', 'is required unless the status is draft');
    if (status === 'pending' && Date.parse(sendAt!) <= this.clock.now().getTime())
      throw invalidInputError('sendAt', 'must be in the future');
    assertNoIssues(validateTemplate(body).map((error) => ({ path: ['body'], message: sentence`${error}` })));
    await this.files.getAttachments(workspaceId, attachmentIds);
  }

  private async updateTimer(workspaceId: string, { id, status, sendAt }: ScheduledMessageView): Promise<void> {
    if (status !== 'pending') return this.timers.cancel(workspaceId, SEND_SCHEDULED_MESSAGE, id);
    await this.timers.set({
      workspaceId,
      kind: SEND_SCHEDULED_MESSAGE,
      key: id,
      payload: {},
      dueAt: new Date(sendAt!),
    });
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

const WIRE_NAMES = { contentType: 'content_type', attachmentIds: 'attachment_ids', sendAt: 'send_at' } as const;

function toEventData({
  conversationId,
  contactId,
  type,
  status,
  sendAt,
}: ScheduledMessageView): ScheduledMessageEventData {
  return { conversation_id: conversationId, contact_id: contactId, type, status, send_at: sendAt };
}

function assertFound(message: ScheduledMessageView | null): ScheduledMessageView {
  if (!message) throw notFoundError('Scheduled message');
  return message;
}
