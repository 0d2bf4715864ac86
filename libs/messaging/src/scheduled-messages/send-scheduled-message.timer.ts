import { Injectable } from '@nestjs/common';
import { OnTimer, type DueTimer } from '@parley/kernel/timers';
import { SEND_SCHEDULED_MESSAGE } from './scheduled-messages.service.js';
import { ScheduledMessageSender } from './scheduled-message-sender.service.js';

/** Sends scheduled messages that are due. */
@Injectable()
export class SendScheduledMessageTimer {
  constructor(private readonly sender: ScheduledMessageSender) {}

  @OnTimer(SEND_SCHEDULED_MESSAGE)
  send({ workspaceId, key }: DueTimer): Promise<void> {
    return this.sender.sendDue(workspaceId, key);
  }
}
