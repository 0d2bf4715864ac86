import { Injectable } from '@nestjs/common';
import { badRequest, Clock, Events, notFound, UnitOfWork, unprocessable } from '@parley/kernel';
import { MessageDelivered, MessageFailed, MessageRead } from '../messaging.events.js';
import { reachable, weighReport, type ReportedStatus } from './delivery-status.js';
import { factsOf } from './message-facts.js';
import type { MessageView } from './message.view.js';
import { MessagesRepository } from './messages.repository.js';

const EVENT_OF = { delivered: MessageDelivered, read: MessageRead, failed: MessageFailed } as const;

/** What becomes of replies on their way to the customer. */
@Injectable()
export class MessageDeliveries {
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
  report(workspaceId: string, id: string, status: ReportedStatus, error: string | null = null): Promise<MessageView> {
    if (error !== null && status !== 'failed') throw badRequest({ error: ['error goes with the status failed only'] });
    return this.unitOfWork.run(async () => {
      const message = await this.messages.lock(workspaceId, id);
      if (!message) throw notFound('Message');
      if (message.type !== 'reply')
        throw unprocessable('Only replies are on their way to anybody', { type: message.type });
      const verdict = weighReport(message.status, status);
      if (verdict === 'refused')
        throw unprocessable(`A message that is ${message.status} cannot become ${status}`, {
          from: message.status,
          to: status,
          allowed: reachable(message.status),
        });
      if (verdict === 'stays') return message;
      const reported = await this.messages.report(workspaceId, id, status, error, this.clock.now().toISOString());
      this.events.append(
        new EVENT_OF[status](id, {
          ...factsOf(message, message.contactId),
          changed: { status: [message.status, status] },
          error,
        }),
      );
      return reported;
    });
  }
}
