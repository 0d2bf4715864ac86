/** Functions that the loop calls. */
export interface DeliveryLoopOptions<Item, Result> {
  /** Stores the results of attempts that have ended and, if `claimsMore`, claims items for an attempt. */
  readonly takeTurn: (results: readonly Result[], claimsMore: boolean) => Promise<readonly Item[]>;
  /** Resolves to null if there is no result to store. */
  readonly attempt: (item: Item) => Promise<Result | null>;
  /** True if the loop must claim no more items. */
  readonly shouldStop: () => boolean;
}

/**
 * The delivery loop of one endpoint in one process. Takes a turn whenever an attempt ends or {@link notify} is called,
 * so that a slow attempt does not delay the others. Attempts that end during a turn share the next one.
 */
export class DeliveryLoop<Item, Result> {
  private readonly inFlight = new Set<Promise<void>>();
  private readonly results: Result[] = [];
  private hasNewWork = false;
  private failedTurns = 0;
  private wakeUp: () => void = () => undefined;
  private readonly failures: unknown[] = [];

  constructor(private readonly options: DeliveryLoopOptions<Item, Result>) {}

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
      const claimsMore = !shouldStop && this.failures.length === 0;
      if (claimsMore || this.results.length > 0) await this.takeTurn(claimsMore);
      if (this.results.length > 0 || (this.hasNewWork && claimsMore)) continue;
      if (this.inFlight.size === 0) {
        if (this.failures.length > 0) throw this.failures[0];
        return shouldStop;
      }
      await Promise.race([...this.inFlight, new Promise<void>((resolve) => (this.wakeUp = resolve))]);
    }
  }

  /**
   * The results of the first turn that fails are stored by the next one. If that fails as well, they are lost, and their
   * items are attempted again when their leases end.
   */
  private async takeTurn(claimsMore: boolean): Promise<void> {
    const results = this.results.splice(0);
    try {
      for (const item of await this.options.takeTurn(results, claimsMore)) this.start(item);
    } catch (error) {
      if (this.failedTurns === 0) this.results.unshift(...results);
      this.failedTurns += 1;
      this.failures.push(error);
    }
  }

  private start(item: Item): void {
    const attempt: Promise<void> = this.options
      .attempt(item)
      .then(
        (result) => void (result !== null && this.results.push(result)),
        (error: unknown) => void this.failures.push(error),
      )
      .finally(() => this.inFlight.delete(attempt));
    this.inFlight.add(attempt);
  }
}
