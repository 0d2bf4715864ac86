/** What a turn works with. */
export interface DeliveryLoopOptions<Item> {
  /** Takes what may be attempted now; empty when that is nothing. */
  readonly claim: () => Promise<readonly Item[]>;
  readonly attempt: (item: Item) => Promise<void>;
  /** Whether it is time to stop taking more. */
  readonly shouldStop: () => boolean;
}

/**
 * One endpoint's turn in one process: takes more whenever an attempt has ended or it is told that there is more, so that a slow
 * attempt holds up no other.
 */
export class DeliveryLoop<Item> {
  private readonly inFlight = new Set<Promise<void>>();
  private hasNewWork = false;
  private wakeUp: () => void = () => undefined;
  private failures: unknown[] = [];

  constructor(private readonly options: DeliveryLoopOptions<Item>) {}

  /** There may be more to take. */
  notify(): void {
    this.hasNewWork = true;
    this.wakeUp();
  }

  /** Resolves when nothing is left that could be taken: true when it stopped because it was over. Rejects with what failed first, once all has ended. */
  async run(): Promise<boolean> {
    for (;;) {
      this.hasNewWork = false;
      const shouldStop = this.options.shouldStop();
      const isStopping = shouldStop || this.failures.length > 0;
      if (!isStopping) await this.claimMore();
      else if (this.inFlight.size === 0) {
        if (this.failures.length > 0) throw this.failures[0];
        return shouldStop;
      }
      if (this.hasNewWork && !isStopping) continue;
      if (this.inFlight.size === 0 && this.failures.length === 0) return shouldStop;
      if (this.inFlight.size > 0)
        await Promise.race([...this.inFlight, new Promise<void>((resolve) => (this.wakeUp = resolve))]);
    }
  }

  private async claimMore(): Promise<void> {
    try {
      for (const item of await this.options.claim()) this.start(item);
    } catch (error) {
      this.failures.push(error);
    }
  }

  private start(item: Item): void {
    const attempt: Promise<void> = this.options
      .attempt(item)
      .catch((error: unknown) => void this.failures.push(error))
      .finally(() => this.inFlight.delete(attempt));
    this.inFlight.add(attempt);
  }
}
