import { DeliveryLoop } from './delivery-loop.js';

/** A loop over texts whose attempts end when the test resolves them. The result of an attempt is its item. */
class LoopFixture {
  /** Items that each of the next turns claims. */
  readonly due: string[][] = [];
  readonly started: string[] = [];
  /** Results that each turn with any got. */
  readonly results: (readonly string[])[] = [];
  isStopping = false;
  onTurn: () => void | Promise<void> = () => undefined;
  readonly loop = new DeliveryLoop<string, string>({
    takeTurn: async (results, claimsMore) => {
      if (results.length > 0) this.results.push(results);
      const items = claimsMore ? (this.due.shift() ?? []) : [];
      await this.onTurn();
      return items;
    },
    attempt: (item) =>
      new Promise((resolve, reject) => {
        this.started.push(item);
        this.open.set(item, { resolve, reject });
      }),
    shouldStop: () => this.isStopping,
  });
  private readonly open = new Map<
    string,
    { resolve: (result: string | null) => void; reject: (error: Error) => void }
  >();

  finish(...items: readonly string[]): void {
    for (const item of items) this.open.get(item)!.resolve(item);
  }

  abandon(item: string): void {
    this.open.get(item)!.resolve(null);
  }

  fail(item: string, error: Error): void {
    this.open.get(item)!.reject(error);
  }
}

const flushPromises = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('DeliveryLoop', () => {
  let fixture: LoopFixture;

  beforeEach(() => {
    fixture = new LoopFixture();
  });

  it('should end when nothing can be claimed', async () => {
    await expect(fixture.loop.run()).resolves.toBe(false);
    expect(fixture.started).toEqual([]);
  });

  it('should claim more items while a slow attempt is running', async () => {
    fixture.due.push(['slow', 'quick'], ['next']);
    const run = fixture.loop.run();
    await flushPromises();
    fixture.finish('quick');
    await flushPromises();
    expect(fixture.started).toEqual(['slow', 'quick', 'next']);
    fixture.due.push(['other']);
    fixture.loop.notify();
    await flushPromises();
    expect(fixture.started).toEqual(['slow', 'quick', 'next', 'other']);
    fixture.finish('next', 'other', 'slow');
    await expect(run).resolves.toBe(false);
    expect(fixture.results.flat().sort()).toEqual(['next', 'other', 'quick', 'slow']);
  });

  it('should store the results of all attempts that ended during a turn in one turn', async () => {
    fixture.due.push(['a', 'b', 'c', 'd']);
    const run = fixture.loop.run();
    await flushPromises();
    fixture.onTurn = flushPromises;
    fixture.finish('a');
    await Promise.resolve();
    fixture.finish('b', 'c', 'd');
    await run;
    expect(fixture.results.length).toBeLessThanOrEqual(2);
    expect(fixture.results.flat()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('should claim again when it is notified during a turn', async () => {
    let turns = 0;
    fixture.onTurn = () => {
      if ((turns += 1) > 1) return;
      fixture.due.push(['late']);
      fixture.loop.notify();
    };
    const run = fixture.loop.run();
    await flushPromises();
    expect(fixture.started).toEqual(['late']);
    fixture.finish('late');
    await run;
  });

  it('should store the results of running attempts and claim no more when it is stopped', async () => {
    fixture.due.push(['a', 'b'], ['too late']);
    const run = fixture.loop.run();
    await flushPromises();
    fixture.isStopping = true;
    fixture.finish('a');
    await flushPromises();
    fixture.finish('b');
    await expect(run).resolves.toBe(true);
    expect(fixture.started).toEqual(['a', 'b']);
    expect(fixture.results).toEqual([['a'], ['b']]);
  });

  it('should store no result of an attempt that was abandoned', async () => {
    fixture.due.push(['a']);
    const run = fixture.loop.run();
    await flushPromises();
    fixture.isStopping = true;
    fixture.abandon('a');
    await expect(run).resolves.toBe(true);
    expect(fixture.results).toEqual([]);
  });

  it('should reject with the first error after all attempts have ended', async () => {
    fixture.due.push(['a', 'b']);
    const run = fixture.loop.run();
    await flushPromises();
    fixture.fail('a', new Error('broken'));
    await flushPromises();
    fixture.finish('b');
    await expect(run).rejects.toThrow('broken');
    expect(fixture.results).toEqual([['b']]);
  });

  it('should store the results of a failed turn in the next one', async () => {
    fixture.due.push(['a', 'b']);
    const run = fixture.loop.run();
    await flushPromises();
    let turns = 0;
    fixture.onTurn = () => ((turns += 1) === 1 ? Promise.reject(new Error('deadlock')) : Promise.resolve());
    fixture.finish('a', 'b');
    await expect(run).rejects.toThrow('deadlock');
    expect(fixture.results).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('should reject when a turn fails', async () => {
    fixture.onTurn = () => Promise.reject(new Error('away'));
    await expect(fixture.loop.run()).rejects.toThrow('away');
  });
});
