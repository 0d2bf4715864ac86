/** Functions that the loop calls. */
export interface DeliveryLoopOptions<Item> {
  /** Claims items for an attempt; empty if there are none. */
  readonly claim: () => Promise<readonly Item[]>;
  readonly attempt: (item: Item) => Promise<void>;
  /** True if the loop must claim no more items. */
  readonly shouldStop: () => boolean;
}

/**
 * The delivery loop of one endpoint in one process. Claims more items whenever an attempt ends or {@link notify} is
 * called, so that a slow attempt does not delay the others.
 */
export class DeliveryLoop<Item> {
  private readonly inFlight = new Set<Promise<void>>();
  private hasNewWork = false;
  private wakeUp: () => void = () => undefined;
  private failures: unknown[] = [];

  constructor(private readonly options: DeliveryLoopOptions<Item>) {}

  /** Signals that there may be more items. */
  notify(): void {
    this.hasNewWork = true;
    this.wakeUp();
  }

  /**
   * Runs until no items are left. Resolves to true if `shouldStop` ended the loop. Rejects with the first error after
   * all attempts have ended.
   */
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
