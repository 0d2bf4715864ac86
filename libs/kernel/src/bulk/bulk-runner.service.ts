import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { currentActor, runAs } from '../context/request-context.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { DomainError } from '../errors/domain-error.js';
import { newId } from '../ids/ids.js';
import type { BulkRequest, BulkResult, BulkRunView } from './bulk-run.js';
import type { BulkRunsRepository } from './bulk-runs.repository.js';

/**
 * Updates one object; returns `unchanged` if it already has the requested values.
 * @throws DomainError, which becomes its result
 */
export type UpdateItem = (id: string) => Promise<'updated' | 'unchanged'>;

/** Options of a domain's bulk runs. */
export interface BulkBatchOptions<Change> {
  /** Maximum number of objects in a batch, which is one transaction. */
  readonly size: number;
  /** Maximum number of failures that are stored per run. */
  readonly maxFailures: number;
  /** Returns the function that updates one object. */
  readonly updaterFor: (change: Change) => UpdateItem;
  /** Returns the IDs of the next batch, at most `size`; fewer end the run. Default: the requested IDs. */
  readonly nextIds?: (requestedIds: readonly string[]) => Promise<readonly string[]>;
}

/** Updates many objects independently of each other: a failure does not affect the others. */
@Injectable()
export class BulkRunner {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Updates all IDs and stores every result, in the caller's unit of work or with one transaction per object. */
  async runNow<Request extends BulkRequest<unknown>>(
    runs: BulkRunsRepository<Request>,
    workspaceId: string,
    request: Request,
    ids: readonly string[],
    updateItem: UpdateItem,
  ): Promise<BulkRunView> {
    const results = await this.updateEach(ids, updateItem);
    return this.unitOfWork.run(async () => {
      const id = newId();
      await runs.add(workspaceId, id, currentActor(), request);
      return runs.advance(workspaceId, id, { results, storedResults: results, completedAt: this.now() });
    });
  }

  /**
   * Stores a run and enqueues its job in the same transaction.
   * @param enqueueJob enqueues a job that calls {@link processBatch} until it returns false.
   */
  enqueue<Request extends BulkRequest<unknown>>(
    runs: BulkRunsRepository<Request>,
    workspaceId: string,
    request: Request,
    enqueueJob: (id: string) => Promise<void>,
  ): Promise<BulkRunView> {
    return this.unitOfWork.run(async () => {
      const id = newId();
      await runs.add(workspaceId, id, currentActor(), request);
      await enqueueJob(id);
      return (await runs.find(workspaceId, id))!;
    });
  }

  /**
   * Processes the next batch of a run as the actor that requested it; returns true if there are more. Updates and
   * progress are committed together, so an interrupted run resumes at the last batch. Concurrent callers wait for each
   * other.
   */
  processBatch<Request extends BulkRequest<unknown>>(
    runs: BulkRunsRepository<Request>,
    workspaceId: string,
    id: string,
    options: BulkBatchOptions<Request['change']>,
  ): Promise<boolean> {
    return this.unitOfWork.run(async () => {
      const batch = await runs.claim(workspaceId, id, options.size);
      if (!batch) return false;
      const ids = options.nextIds ? await options.nextIds(batch.next) : batch.next;
      const isLast = ids.length < options.size;
      const results = await runAs(batch.actor, () => this.updateEach(ids, options.updaterFor(batch.change)));
      const failures = results.filter(({ status }) => status === 'failed');
      await runs.advance(workspaceId, id, {
        results,
        storedResults: failures.slice(0, Math.max(0, options.maxFailures - batch.storedCount)),
        completedAt: isLast ? this.now() : null,
      });
      return !isLast;
    });
  }

  private async updateEach(ids: readonly string[], updateItem: UpdateItem): Promise<BulkResult[]> {
    const results: BulkResult[] = [];
    for (const id of ids) results.push(await this.updateOne(id, updateItem));
    return results;
  }

  private async updateOne(id: string, updateItem: UpdateItem): Promise<BulkResult> {
    try {
      return { id, status: await this.unitOfWork.runInSavepoint(() => updateItem(id)), error: null };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { id, status: 'failed', error: { code: error.code, message: error.message } };
    }
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}
