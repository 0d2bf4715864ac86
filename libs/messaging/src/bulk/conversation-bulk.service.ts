import { Injectable } from '@nestjs/common';
import { notFoundError } from '@parley/kernel';
import { currentHiddenInboxIds } from '@parley/kernel/auth';
import {
  BulkRunner,
  MAX_BULK_SAMPLE_SIZE,
  MAX_SYNCHRONOUS_BULK_SIZE,
  listFilterFields,
  toRequestedChanges,
  type BulkPreview,
  type BulkRunView,
} from '@parley/kernel/bulk';
import { Events } from '@parley/kernel/events';
import { Jobs } from '@parley/kernel/jobs';
import { COLUMN_BY_FIELD } from '../conversations/conversation-diff.js';
import { ConversationsService } from '../conversations/conversations.service.js';
import { ConversationBulkUpdateStarted } from '../messaging.events.js';
import { BulkChangesRepository } from './bulk-changes.repository.js';
import { UPDATE_CONVERSATIONS } from './bulk-jobs.js';
import {
  ConversationBulkRequestBuilder,
  type BulkUpdateConversationsInput,
} from './conversation-bulk-request-builder.service.js';
import { ConversationBulkUpdater } from './conversation-bulk-updater.service.js';

/** Maximum number of failures stored for a bulk update that runs in a job. */
export const MAX_STORED_FAILURES = 500;

const BATCH_SIZE = 50;

/** Updates many conversations independently: a failed update does not affect the others. */
@Injectable()
export class ConversationBulkService {
  constructor(
    private readonly bulkChanges: BulkChangesRepository,
    private readonly conversations: ConversationsService,
    private readonly updater: ConversationBulkUpdater,
    private readonly requestBuilder: ConversationBulkRequestBuilder,
    private readonly bulk: BulkRunner,
    private readonly jobs: Jobs,
    private readonly events: Events,
  ) {}

  /**
   * Updates up to 500 conversations at once and returns a result for each; enqueues a job for more.
   * @throws DomainError as `ConversationBulkRequestBuilder.build`.
   */
  async update(workspaceId: string, input: BulkUpdateConversationsInput): Promise<BulkRunView> {
    const { request, targetIds } = await this.requestBuilder.build(workspaceId, input);
    const onStarted = (bulkId: string): void => this.appendStarted(bulkId, input, targetIds.length);
    if (targetIds.length > MAX_SYNCHRONOUS_BULK_SIZE)
      return this.bulk.enqueue(this.bulkChanges, workspaceId, request, {
        enqueueJob: (bulkId) => this.jobs.enqueue(UPDATE_CONVERSATIONS, { workspaceId, bulkId }, { key: bulkId }),
        onStarted,
      });
    return this.bulk.runNow(this.bulkChanges, workspaceId, request, {
      ids: targetIds,
      updateItem: (id) => this.updater.update(workspaceId, id, input.update),
      onStarted,
    });
  }

  /** Returns what {@link update} would do, without changing anything. @throws the same errors. */
  async preview(workspaceId: string, input: BulkUpdateConversationsInput): Promise<BulkPreview> {
    const { targetIds } = await this.requestBuilder.build(workspaceId, input);
    const sample = await this.bulk.preview(targetIds.slice(0, MAX_BULK_SAMPLE_SIZE), (id) =>
      this.updater.update(workspaceId, id, input.update),
    );
    return { total: targetIds.length, sample };
  }

  /** Leaves out the results of conversations that the caller cannot see. @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<BulkRunView> {
    const bulkChange = await this.bulkChanges.find(workspaceId, id);
    if (!bulkChange) throw notFoundError('Bulk change');
    const hiddenInboxIds = currentHiddenInboxIds();
    if (hiddenInboxIds.length === 0) return bulkChange;
    const ids = bulkChange.results.map((result) => result.id);
    const hiddenIds = await this.conversations.listHiddenIds(workspaceId, ids, hiddenInboxIds);
    return { ...bulkChange, results: bulkChange.results.filter((result) => !hiddenIds.has(result.id)) };
  }

  /** Processes the next batch as the actor who requested it. Returns true if conversations remain. */
  processBatch(workspaceId: string, id: string): Promise<boolean> {
    return this.bulk.processBatch(this.bulkChanges, workspaceId, id, {
      size: BATCH_SIZE,
      maxFailures: MAX_STORED_FAILURES,
      updaterFor: (update) => (conversationId) => this.updater.update(workspaceId, conversationId, update),
      restore: (conversationId, changes) => this.updater.restore(workspaceId, conversationId, changes),
      runAs: (actor, work) => this.updater.runAs(workspaceId, actor, work),
    });
  }

  private appendStarted(
    bulkId: string,
    { filter = null, update: { customFields, addTags, removeTags, ...fields } }: BulkUpdateConversationsInput,
    conversationCount: number,
  ): void {
    const columns = Object.entries(fields).map(
      ([field, value]) => [COLUMN_BY_FIELD[field as keyof typeof COLUMN_BY_FIELD], value] as const,
    );
    const changed = toRequestedChanges({
      ...Object.fromEntries(columns),
      ...Object.fromEntries(Object.entries(customFields ?? {}).map(([key, value]) => [`custom_fields.${key}`, value])),
      add_tags: addTags,
      remove_tags: removeTags,
    });
    const data = { filter_fields: listFilterFields(filter), changed, conversation_count: conversationCount };
    this.events.append(new ConversationBulkUpdateStarted(bulkId, data));
  }
}
