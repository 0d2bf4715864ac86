import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { currentActor, runAs, type Actor } from '../context/request-context.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { DomainError, notFoundError, unprocessableError } from '../errors/domain-error.js';
import { newId } from '../ids/ids.js';
import type { BulkFieldChanges } from './bulk-changes.js';
import { updateEach, type BulkItemResult, type RestoreItem, type UpdateItem } from './bulk-items.js';
import {
  MAX_SYNCHRONOUS_BULK_SIZE,
  type BulkBatch,
  type BulkChangeRecord,
  type BulkRequest,
  type BulkRunView,
  type BulkSample,
  type BulkSkipCounts,
} from './bulk-run.js';
import type { BulkRunsRepository } from './bulk-runs.repository.js';

/** Options of a domain's bulk runs. */
export interface BulkBatchOptions<Change> {
  /** Maximum number of objects in a batch, which is one transaction. */
  readonly size: number;
  /** Maximum number of failed and skipped objects that are stored per run. */
  readonly maxFailures: number;
  /** Returns the function that updates one object. */
  readonly updaterFor: (change: Change) => UpdateItem;
  /** Restores one object when the run is an undo. */
  readonly restore: RestoreItem;
  /** Runs the updates as the actor that requested the run. Default: with the current access. */
  readonly runAs?: <T>(actor: Actor, work: () => Promise<T>) => Promise<T>;
  /** Returns the IDs of the next batch, at most `size`; fewer end the run. Default: the requested IDs. */
  readonly nextIds?: (requestedIds: readonly string[]) => Promise<readonly string[]>;
}

/** Options of a new bulk update. */
export interface BulkStartOptions {
  /** Appends the event of the update. */
  readonly onStarted: (runId: string) => void;
}

/** Options of an undo. */
export interface BulkUndoOptions {
  readonly restore: RestoreItem;
  /**
   * Enqueues a job that calls {@link BulkRunner.processBatch} until it returns false. Replaces a waiting job of the undo.
   */
  readonly enqueueJob: (undoId: string) => Promise<void>;
  /** Appends the event of the undo. */
  readonly onStarted: (undo: { readonly id: string; readonly total: number }) => void;
}

class PreviewRollback extends Error {}

/** Updates many objects independently of each other: a failure does not affect the others. */
@Injectable()
export class BulkRunner {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Updates all IDs and stores every result and change, in one transaction. It is repeated after a deadlock. */
  runNow<Request extends BulkRequest<unknown>>(
    runs: BulkRunsRepository<Request>,
    workspaceId: string,
    request: Request,
    {
      ids,
      updateItem,
      onStarted,
    }: BulkStartOptions & { readonly ids: readonly string[]; readonly updateItem: UpdateItem },
  ): Promise<BulkRunView> {
    return this.unitOfWork.runWithRetry(async () => {
      const id = newId();
      await runs.add(workspaceId, id, currentActor(), request);
      onStarted(id);
      const items = await updateEach(this.unitOfWork, ids, updateItem);
      await runs.recordChanges(workspaceId, id, selectChanges(items));
      return runs.advance(workspaceId, id, { ...toProgress(items), completedAt: this.now() });
    });
  }

  /** Updates the IDs in a transaction that is rolled back, and returns what it would change. Emits no events. */
  async preview(ids: readonly string[], updateItem: UpdateItem): Promise<BulkSample[]> {
    const samples: BulkSample[] = [];
    const work = async (): Promise<never> => {
      samples.length = 0;
      for (const { result, changes } of await updateEach(this.unitOfWork, ids, updateItem))
        samples.push({ id: result.id, changes: changes ?? {}, error: result.error });
      throw new PreviewRollback();
    };
    const inTransaction = this.unitOfWork.current() !== null;
    const preview = (): Promise<never> =>
      inTransaction ? this.unitOfWork.runInSavepoint(work) : this.unitOfWork.runWithRetry(work);
    await preview().catch((error: unknown) => {
      if (!(error instanceof PreviewRollback)) throw error;
    });
    return samples;
  }

  /**
   * Stores a run and enqueues its job in the same transaction.
   * @param options.enqueueJob enqueues a job that calls {@link processBatch} until it returns false.
   */
  enqueue<Request extends BulkRequest<unknown>>(
    runs: BulkRunsRepository<Request>,
    workspaceId: string,
    request: Request,
    { enqueueJob, onStarted }: BulkStartOptions & { readonly enqueueJob: (id: string) => Promise<void> },
  ): Promise<BulkRunView> {
    return this.unitOfWork.run(async () => {
      const id = newId();
      await runs.add(workspaceId, id, currentActor(), request);
      onStarted(id);
      await enqueueJob(id);
      return (await runs.find(workspaceId, id))!;
    });
  }

  /**
   * Processes the next batch of a run as the actor that requested it; returns true if there are more. Updates, their
   * changes and the progress are committed together, so an interrupted run resumes at the last batch. Concurrent
   * callers wait for each other.
   */
  processBatch<Request extends BulkRequest<unknown>>(
    runs: BulkRunsRepository<Request>,
    workspaceId: string,
    id: string,
    options: BulkBatchOptions<Request['change']>,
  ): Promise<boolean> {
    return this.unitOfWork.runWithRetry(async () => {
      const batch = await runs.claim(workspaceId, id, options.size);
      if (!batch) return false;
      const items = await (options.runAs ?? runAs)(batch.actor, () =>
        batch.undoesId === null
          ? this.updateNext(runs, workspaceId, id, batch, options)
          : this.restoreNext(runs, workspaceId, batch.undoesId, options.size, options.restore),
      );
      const isLast = items.length < options.size;
      const progress = toProgress(items);
      const toStore = progress.results.filter(({ status }) => status === 'failed' || status === 'skipped');
      await runs.advance(workspaceId, id, {
        ...progress,
        storedResults: toStore.slice(0, Math.max(0, options.maxFailures - batch.storedCount)),
        completedAt: isLast ? this.now() : null,
      });
      return !isLast;
    });
  }

  /**
   * Restores the previous values of the objects that a run changed: up to 500 immediately, more in a job. Returns the
   * run that does it, also if it was started before. If that run is not complete, its job is enqueued again, so that an
   * undo whose job failed continues with the objects that are not restored yet.
   * @throws DomainError NOT_FOUND; CONFLICT while the run is not complete; UNPROCESSABLE if its changes are unknown.
   */
  undo(
    runs: BulkRunsRepository<BulkRequest<unknown>>,
    workspaceId: string,
    undoneId: string,
    { restore, enqueueJob, onStarted }: BulkUndoOptions,
  ): Promise<BulkRunView> {
    return this.unitOfWork.runWithRetry(async () => {
      const run = await runs.lockForUndo(workspaceId, undoneId);
      if (!run) throw notFoundError('Bulk update');
      if (run.undoId !== null) {
        const undo = (await runs.find(workspaceId, run.undoId))!;
        if (undo.status === 'running') await enqueueJob(undo.id);
        return undo;
      }
      if (!run.undoable)
        throw unprocessableError('This run cannot be undone: it is an undo itself, or its changes were not recorded');
      if (run.status === 'running')
        throw new DomainError('CONFLICT', 'The bulk update is still running. Undo it after its completion');
      const id = newId();
      const total = run.changeCount;
      await runs.addUndo(workspaceId, undoneId, id, currentActor(), { total, createdAt: this.now() });
      onStarted({ id, total });
      if (total > MAX_SYNCHRONOUS_BULK_SIZE) {
        await enqueueJob(id);
        return (await runs.find(workspaceId, id))!;
      }
      const items = await this.restoreNext(runs, workspaceId, undoneId, total, restore);
      return runs.advance(workspaceId, id, { ...toProgress(items), completedAt: this.now() });
    });
  }

  private async updateNext<Request extends BulkRequest<unknown>>(
    runs: BulkRunsRepository<Request>,
    workspaceId: string,
    id: string,
    { change, next }: BulkBatch<Request['change']>,
    { nextIds, updaterFor }: BulkBatchOptions<Request['change']>,
  ): Promise<BulkItemResult[]> {
    const items = await updateEach(this.unitOfWork, nextIds ? await nextIds(next) : next, updaterFor(change));
    await runs.recordChanges(workspaceId, id, selectChanges(items));
    return items;
  }

  private async restoreNext<Request extends BulkRequest<unknown>>(
    runs: BulkRunsRepository<Request>,
    workspaceId: string,
    undoneId: string,
    limit: number,
    restore: RestoreItem,
  ): Promise<BulkItemResult[]> {
    const records = await runs.listToUndo(workspaceId, undoneId, limit);
    const changesById = new Map<string, BulkFieldChanges>(records.map(({ id, changes }) => [id, changes]));
    const ids = [...changesById.keys()];
    const items = await updateEach(this.unitOfWork, ids, (id) => restore(id, changesById.get(id)!));
    await runs.markUndone(workspaceId, undoneId, ids);
    return items;
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

function selectChanges(items: readonly BulkItemResult[]): BulkChangeRecord[] {
  return items
    .filter(({ changes = {} }) => Object.keys(changes).length > 0)
    .map(({ result, changes }) => ({ id: result.id, changes: changes! }));
}

function toProgress(items: readonly BulkItemResult[]): {
  results: BulkItemResult['result'][];
  storedResults: BulkItemResult['result'][];
  skipped: BulkSkipCounts;
} {
  const skipped: Record<string, number> = {};
  for (const { skipReason } of items) if (skipReason) skipped[skipReason] = (skipped[skipReason] ?? 0) + 1;
  const results = items.map(({ result }) => result);
  return { results, storedResults: results, skipped };
}
