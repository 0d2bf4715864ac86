import { Injectable } from '@nestjs/common';
import { OnTimer, type DueTimer } from '@parley/kernel';
import { SEND_SCHEDULED } from './scheduled-messages.service.js';
import { ScheduledSending } from './scheduled-sending.service.js';

/** Says what was scheduled when its time has come. */
@Injectable()
export class SendScheduledOnTime {
  constructor(private readonly sending: ScheduledSending) {}

  @OnTimer(SEND_SCHEDULED)
  send({ workspaceId, key }: DueTimer): Promise<void> {
    return this.sending.sendDue(workspaceId, key);
  }
}
