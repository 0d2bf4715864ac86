/** What a turn works with. */
export interface DeliveryTurnTools<Item> {
  /** Takes what may be attempted now; empty when that is nothing. */
  readonly claim: () => Promise<readonly Item[]>;
  readonly attempt: (item: Item) => Promise<void>;
  /** Whether it is time to stop taking more. */
  readonly over: () => boolean;
}

/**
 * One endpoint's turn in one process: takes more whenever an attempt has ended or it is told that there is more, so that a slow
 * attempt holds up no other.
 */
export class DeliveryTurn<Item> {
  private readonly underWay = new Set<Promise<void>>();
  private told = false;
  private wake: () => void = () => undefined;
  private failures: unknown[] = [];

  constructor(private readonly tools: DeliveryTurnTools<Item>) {}

  /** There may be more to take. */
  tell(): void {
    this.told = true;
    this.wake();
  }

  /** Resolves when nothing is left that could be taken: true when it stopped because it was over. Rejects with what failed first, once all has ended. */
  async run(): Promise<boolean> {
    for (;;) {
      this.told = false;
      const over = this.tools.over();
      const stopping = over || this.failures.length > 0;
      if (!stopping) await this.takeMore();
      else if (this.underWay.size === 0) {
        if (this.failures.length > 0) throw this.failures[0];
        return over;
      }
      if (this.told && !stopping) continue;
      if (this.underWay.size === 0 && this.failures.length === 0) return over;
      if (this.underWay.size > 0)
        await Promise.race([...this.underWay, new Promise<void>((resolve) => (this.wake = resolve))]);
    }
  }

  private async takeMore(): Promise<void> {
    try {
      for (const item of await this.tools.claim()) this.begin(item);
    } catch (error) {
      this.failures.push(error);
    }
  }

  private begin(item: Item): void {
    const work: Promise<void> = this.tools
      .attempt(item)
      .catch((error: unknown) => void this.failures.push(error))
      .finally(() => this.underWay.delete(work));
    this.underWay.add(work);
  }
}
