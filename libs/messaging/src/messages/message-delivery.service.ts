import { Injectable } from '@nestjs/common';
import { badRequestError, Clock, notFoundError, unprocessableError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { MessageDelivered, MessageFailed, MessageRead } from '../messaging.events.js';
import { allowedReports, evaluateReport, type ReportedStatus } from './delivery-status.js';
import { messageEventData } from './message-event-data.js';
import type { MessageView } from './message.view.js';
import { MessagesRepository } from './messages.repository.js';

const EVENT_CLASS_BY_STATUS = { delivered: MessageDelivered, read: MessageRead, failed: MessageFailed } as const;

/** What becomes of replies on their way to the customer. */
@Injectable()
export class MessageDeliveryService {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /**
   * Notes how far a reply has come. A report that is older than what is known changes nothing.
   * @throws DomainError NOT_FOUND, BAD_REQUEST, UNPROCESSABLE for what is no reply, and for a step that there is not.
   */
  reportStatus(
    workspaceId: string,
    id: string,
    status: ReportedStatus,
    error: string | null = null,
  ): Promise<MessageView> {
    if (error !== null && status !== 'failed')
      throw badRequestError({ error: ['error goes with the status failed only'] });
    return this.unitOfWork.run(async () => {
      const message = await this.messages.lock(workspaceId, id);
      if (!message) throw notFoundError('Message');
      if (message.type !== 'reply')
        throw unprocessableError('Only replies are on their way to anybody', { type: message.type });
      const outcome = evaluateReport(message.status, status);
      if (outcome === 'refused')
        throw unprocessableError(`A message that is ${message.status} cannot become ${status}`, {
          from: message.status,
          to: status,
          allowed: allowedReports(message.status),
        });
      if (outcome === 'stays') return message;
      const reported = await this.messages.updateStatus(workspaceId, id, status, error, this.clock.now().toISOString());
      this.events.append(
        new EVENT_CLASS_BY_STATUS[status](id, {
          ...messageEventData(message, message.contactId),
          changed: { status: [message.status, status] },
          error,
        }),
      );
      return reported;
    });
  }
}
