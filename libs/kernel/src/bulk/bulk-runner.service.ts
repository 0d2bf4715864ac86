import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { currentActor, runAs } from '../context/request-context.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { DomainError } from '../errors/domain-error.js';
import { newId } from '../ids/ids.js';
import type { BulkRequest, BulkResult, BulkRunView } from './bulk-run.js';
import type { BulkRunsRepository } from './bulk-runs.repository.js';

/** Changes one thing; gives whether it was as asked for before. @throws DomainError, which becomes its result */
export type UpdateItem = (id: string) => Promise<'updated' | 'unchanged'>;

/** How a domain's runs go on. */
export interface BulkBatchOptions<Change> {
  /** Most things in one step, which is one transaction. */
  readonly size: number;
  /** Most failures that are kept of one run. */
  readonly maxFailures: number;
  /** How one thing is changed. */
  readonly updaterFor: (change: Change) => UpdateItem;
  /** Which things come next, at most `size`; less than that ends the run. Default those of the ids asked for. */
  readonly nextIds?: (requestedIds: readonly string[]) => Promise<readonly string[]>;
}

/** Changes many things, each on its own: what one refuses does not keep the others from it. */
@Injectable()
export class BulkRunner {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Changes all of the ids and keeps what became of each: in the caller's unit of work, or each in one of its own. */
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

  /** Notes what is asked for. @param enqueueJob leaves the run to a job, which calls {@link processBatch} until nothing is left. */
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
   * Takes the next step of a run, as whoever asked for it; gives whether more are left. The step and the place reached are written together, so that a run that
   * was interrupted goes on where it stood, and two callers wait for each other.
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
