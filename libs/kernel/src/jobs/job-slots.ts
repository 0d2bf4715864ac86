/** Limits the concurrent runs of each job. */
export class JobSlots {
  private readonly running = new Map<string, number>();
  private readonly waiting = new Map<string, (() => void)[]>();

  constructor(private readonly limits: ReadonlyMap<string, number>) {}

  /** Resolves when the job can run. The caller must release the slot. */
  async acquire(job: string): Promise<void> {
    const running = this.running.get(job) ?? 0;
    if (running < (this.limits.get(job) ?? Infinity)) {
      this.running.set(job, running + 1);
      return;
    }
    const queue = this.waiting.get(job) ?? [];
    this.waiting.set(job, queue);
    await new Promise<void>((resolve) => queue.push(resolve));
  }

  /** Frees a slot, or passes it to the run that has waited longest. */
  release(job: string): void {
    const next = this.waiting.get(job)?.shift();
    if (next) next();
    else this.running.set(job, (this.running.get(job) ?? 1) - 1);
  }

  /** Returns the jobs that are at their limit. */
  saturated(): string[] {
    return [...this.limits].filter(([job, limit]) => (this.running.get(job) ?? 0) >= limit).map(([job]) => job);
  }
}
