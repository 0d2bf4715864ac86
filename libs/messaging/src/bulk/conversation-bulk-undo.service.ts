import { Injectable } from '@nestjs/common';
import { DomainError } from '@parley/kernel';
import { currentHiddenInboxIds } from '@parley/kernel/auth';
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
   * @throws DomainError NOT_FOUND, CONFLICT, UNPROCESSABLE; FORBIDDEN if it changed conversations that the caller cannot
   * see.
   */
  async undo(workspaceId: string, id: string): Promise<BulkRunView> {
    const hiddenInboxIds = currentHiddenInboxIds();
    if (hiddenInboxIds.length > 0 && (await this.bulkChanges.hasChangedIn(workspaceId, id, hiddenInboxIds)))
      throw new DomainError(
        'FORBIDDEN',
        'The bulk update changed conversations that you cannot see. Ask an admin to undo it',
      );
    return this.bulk.undo(this.bulkChanges, workspaceId, id, {
      restore: (conversationId, changes) => this.updater.restore(workspaceId, conversationId, changes),
      enqueueJob: (bulkId) => this.jobs.enqueue(UPDATE_CONVERSATIONS, { workspaceId, bulkId }, { key: bulkId }),
      onStarted: (undo) =>
        this.events.append(new ConversationBulkUpdateUndone(id, { undo_id: undo.id, conversation_count: undo.total })),
    });
  }
}
