import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { currentActor, runAs } from '../context/request-context.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { DomainError } from '../errors/domain-error.js';
import { newId } from '../ids/ids.js';
import type { BulkDemand, BulkResult, BulkRunView } from './bulk-run.js';
import type { BulkRunsRepository } from './bulk-runs.repository.js';

/** Changes one thing; gives whether it was as asked for before. @throws DomainError, which becomes its result */
export type ChangeOne = (id: string) => Promise<'updated' | 'unchanged'>;

/** How a domain's runs go on. */
export interface BulkSteps<Change> {
  /** Most things in one step, which is one transaction. */
  readonly size: number;
  /** Most failures that are kept of one run. */
  readonly mostFailures: number;
  /** How one thing is changed. */
  readonly changing: (change: Change) => ChangeOne;
  /** Which things come next, at most `size`; less than that ends the run. Default those of the ids asked for. */
  readonly next?: (named: readonly string[]) => Promise<readonly string[]>;
}

/** Changes many things, each on its own: what one refuses does not keep the others from it. */
@Injectable()
export class BulkRunner {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Changes all of the ids and keeps what became of each: in the caller's unit of work, or each in one of its own. */
  async changeNow<Demand extends BulkDemand<unknown>>(
    runs: BulkRunsRepository<Demand>,
    workspaceId: string,
    demand: Demand,
    ids: readonly string[],
    changeOne: ChangeOne,
  ): Promise<BulkRunView> {
    const results = await this.changeEach(ids, changeOne);
    return this.unitOfWork.run(async () => {
      const id = newId();
      await runs.add(workspaceId, id, currentActor(), demand);
      return runs.advance(workspaceId, id, { results, kept: results, completedAt: this.now() });
    });
  }

  /** Notes what is asked for. @param enqueue leaves the run to a job, which calls {@link goOn} until nothing is left. */
  queue<Demand extends BulkDemand<unknown>>(
    runs: BulkRunsRepository<Demand>,
    workspaceId: string,
    demand: Demand,
    enqueue: (id: string) => Promise<void>,
  ): Promise<BulkRunView> {
    return this.unitOfWork.run(async () => {
      const id = newId();
      await runs.add(workspaceId, id, currentActor(), demand);
      await enqueue(id);
      return (await runs.find(workspaceId, id))!;
    });
  }

  /**
   * Takes the next step of a run, as whoever asked for it; gives whether more are left. The step and the place reached are written together, so that a run that
   * was interrupted goes on where it stood, and two callers wait for each other.
   */
  goOn<Demand extends BulkDemand<unknown>>(
    runs: BulkRunsRepository<Demand>,
    workspaceId: string,
    id: string,
    steps: BulkSteps<Demand['change']>,
  ): Promise<boolean> {
    return this.unitOfWork.run(async () => {
      const step = await runs.claim(workspaceId, id, steps.size);
      if (!step) return false;
      const ids = steps.next ? await steps.next(step.next) : step.next;
      const last = ids.length < steps.size;
      const results = await runAs(step.actor, () => this.changeEach(ids, steps.changing(step.change)));
      const failures = results.filter(({ status }) => status === 'failed');
      await runs.advance(workspaceId, id, {
        results,
        kept: failures.slice(0, Math.max(0, steps.mostFailures - step.kept)),
        completedAt: last ? this.now() : null,
      });
      return !last;
    });
  }

  private async changeEach(ids: readonly string[], changeOne: ChangeOne): Promise<BulkResult[]> {
    const results: BulkResult[] = [];
    for (const id of ids) results.push(await this.attempt(id, changeOne));
    return results;
  }

  private async attempt(id: string, changeOne: ChangeOne): Promise<BulkResult> {
    try {
      return { id, status: await this.unitOfWork.attempt(() => changeOne(id)), error: null };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { id, status: 'failed', error: { code: error.code, message: error.message } };
    }
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}
