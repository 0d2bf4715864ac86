import { Injectable } from '@nestjs/common';
import { OnTimer, type DueTimer } from '@parley/kernel/timers';
import { BlocksService, UNBLOCK_TIMER } from './blocks.service.js';

/** Lifts a block when its time is over. */
@Injectable()
export class ExpireBlockTimer {
  constructor(private readonly blocks: BlocksService) {}

  @OnTimer(UNBLOCK_TIMER)
  async expire({ workspaceId, key }: DueTimer): Promise<void> {
    await this.blocks.expire(workspaceId, key);
  }
}
