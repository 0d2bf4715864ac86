import { Injectable } from '@nestjs/common';
import { OnTimer, type DueTimer } from '@parley/kernel';
import { BlocksService, UNBLOCK } from './blocks.service.js';

/** Lifts a block when its time is over. */
@Injectable()
export class UnblockOnTime {
  constructor(private readonly blocks: BlocksService) {}

  @OnTimer(UNBLOCK)
  async unblock({ workspaceId, key }: DueTimer): Promise<void> {
    await this.blocks.expire(workspaceId, key);
  }
}
