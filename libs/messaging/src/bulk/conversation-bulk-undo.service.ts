import { Injectable } from '@nestjs/common';
import { BulkRunner, type BulkRunView } from '@parley/kernel/bulk';
import { Events } from '@parley/kernel/events';
import { Jobs } from '@parley/kernel/jobs';
import { ConversationBulkUpdateUndone } from '../messaging.events.js';
import { UPDATE_CONVERSATIONS } from './bulk-jobs.js';
import { BulkChangesRepository } from './bulk-changes.repository.js';
import { ConversationBulkUpdater } from './conversation-bulk-updater.service.js';

/** Undoes bulk updates of conversations. */
@Injectable()
export class ConversationBulkUndoService {
  constructor(
    private readonly bulkChanges: BulkChangesRepository,
    private readonly updater: ConversationBulkUpdater,
    private readonly bulk: BulkRunner,
    private readonly jobs: Jobs,
    private readonly events: Events,
  ) {}

  /**
   * Restores the conversations: up to 500 immediately, more in a job. Returns the existing undo if there is one.
   * @throws DomainError NOT_FOUND, CONFLICT, UNPROCESSABLE
   */
  undo(workspaceId: string, id: string): Promise<BulkRunView> {
    return this.bulk.undo(this.bulkChanges, workspaceId, id, {
      restore: (conversationId, changes) => this.updater.restore(workspaceId, conversationId, changes),
      enqueueJob: (bulkId) => this.jobs.enqueue(UPDATE_CONVERSATIONS, { workspaceId, bulkId }),
      onStarted: (undo) =>
        this.events.append(new ConversationBulkUpdateUndone(id, { undo_id: undo.id, conversation_count: undo.total })),
    });
  }
}
