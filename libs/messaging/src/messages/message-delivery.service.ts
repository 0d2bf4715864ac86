import { Injectable } from '@nestjs/common';
import { Clock, invalidInputError, notFoundError, unprocessableError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { MessageDelivered, MessageFailed, MessageRead } from '../message.events.js';
import { allowedReports, evaluateReport, type ReportedStatus } from './delivery-status.js';
import { messageEventData } from './message-effects.js';
import type { MessageView } from './message.view.js';
import { MessagesRepository } from './messages.repository.js';

const EVENT_CLASS_BY_STATUS = { delivered: MessageDelivered, read: MessageRead, failed: MessageFailed } as const;

/** Records the delivery status of replies. */
@Injectable()
export class MessageDeliveryService {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /**
   * Records the status of a reply. A report that is older than the current status changes nothing.
   * @throws DomainError NOT_FOUND, BAD_REQUEST, UNPROCESSABLE for messages that are not replies and for statuses that
   * cannot follow the current one.
   */
  reportStatus(
    workspaceId: string,
    id: string,
    status: ReportedStatus,
    error: string | null = null,
  ): Promise<MessageView> {
    if (error !== null && status !== 'failed')
      throw invalidInputError('error', 'is only allowed with the status failed');
    return this.unitOfWork.run(async () => {
      const message = await this.messages.lock(workspaceId, id);
      if (!message) throw notFoundError('Message');
      if (message.type !== 'reply')
        throw unprocessableError('Only replies have a delivery status', { type: message.type });
      const outcome = evaluateReport(message.status, status);
      if (outcome === 'rejected')
        throw unprocessableError(`A ${message.status} message cannot become ${status}`, {
          from: message.status,
          to: status,
          allowed: allowedReports(message.status),
        });
      if (outcome === 'ignored') return message;
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
