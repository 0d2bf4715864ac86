import { Injectable } from '@nestjs/common';
import { OnTimer, type DueTimer } from '@parley/kernel/timers';
import { BlocksService, UNBLOCK_TIMER } from './blocks.service.js';

/** Deletes a block when it expires. */
@Injectable()
export class ExpireBlockTimer {
  constructor(private readonly blocks: BlocksService) {}

  @OnTimer(UNBLOCK_TIMER)
  async expire({ workspaceId, key }: DueTimer): Promise<void> {
    await this.blocks.expire(workspaceId, key);
  }
}
