import { Injectable } from '@nestjs/common';
import { Database } from '@parley/kernel/database';
import { pick } from 'es-toolkit';
import { IsNull } from 'typeorm';
import { TicketMergeEntity } from './ticket-merge.entity.js';
import type { TicketMerge } from './ticket-merge.view.js';

/** Rows of `workflow.ticket_merges`. */
@Injectable()
export class TicketMergesRepository {
  constructor(private readonly database: Database) {}

  async add(workspaceId: string, merge: TicketMerge, mergedAt: string): Promise<void> {
    await this.database.repository(TicketMergeEntity).insert({ workspaceId, ...merge, mergedAt });
  }

  /** Returns the current merge of a ticket into another, or null. */
  async findBySource(workspaceId: string, sourceId: string): Promise<TicketMerge | null> {
    const found = await this.database
      .repository(TicketMergeEntity)
      .findOneBy({ workspaceId, sourceId, undoneAt: IsNull() });
    return found && pick(found, ['id', 'sourceId', 'targetId', 'receipt']);
  }

  /** Returns true if another ticket is merged into this one. */
  isTarget(workspaceId: string, targetId: string): Promise<boolean> {
    return this.database.repository(TicketMergeEntity).existsBy({ workspaceId, targetId, undoneAt: IsNull() });
  }

  async undo(workspaceId: string, id: string, undoneAt: string): Promise<void> {
    await this.database.repository(TicketMergeEntity).update({ workspaceId, id }, { undoneAt });
  }
}
