import { DeliveryLoop } from './delivery-loop.js';

/** Attempts that end when the test resolves them. */
function pendingAttempts(): {
  attempt: (item: string) => Promise<void>;
  finish: (item: string, error?: Error) => void;
  started: string[];
} {
  const open = new Map<string, { resolve: () => void; reject: (error: Error) => void }>();
  const started: string[] = [];
  return {
    started,
    attempt: (item) =>
      new Promise((resolve, reject) => {
        started.push(item);
        open.set(item, { resolve, reject });
      }),
    finish: (item, error) => (error ? open.get(item)!.reject(error) : open.get(item)!.resolve()),
  };
}

const flushPromises = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('DeliveryLoop', () => {
  it('should end when nothing can be claimed', async () => {
    const { attempt, started } = pendingAttempts();
    await expect(
      new DeliveryLoop<string>({ claim: async () => [], attempt, shouldStop: () => false }).run(),
    ).resolves.toBe(false);
    expect(started).toEqual([]);
  });

  it('should claim more items while a slow attempt is running', async () => {
    const { attempt, started, finish } = pendingAttempts();
    const due = [['slow', 'quick'], ['next']];
    const loop = new DeliveryLoop<string>({ claim: async () => due.shift() ?? [], attempt, shouldStop: () => false });
    const run = loop.run();
    await flushPromises();
    finish('quick');
    await flushPromises();
    expect(started).toEqual(['slow', 'quick', 'next']);
    due.push(['other']);
    loop.notify();
    await flushPromises();
    expect(started).toEqual(['slow', 'quick', 'next', 'other']);
    for (const item of ['next', 'other', 'slow']) finish(item);
    await expect(run).resolves.toBe(false);
  });

  it('should claim again when it is notified during a claim', async () => {
    const { attempt, started, finish } = pendingAttempts();
    const due: string[][] = [];
    let loop: DeliveryLoop<string> | null = null;
    let claims = 0;
    const claim = async (): Promise<string[]> => {
      const items = due.shift() ?? [];
      if ((claims += 1) === 1) {
        due.push(['late']);
        loop!.notify();
      }
      return items;
    };
    loop = new DeliveryLoop<string>({ claim, attempt, shouldStop: () => false });
    const run = loop.run();
    await flushPromises();
    expect(started).toEqual(['late']);
    finish('late');
    await run;
  });

  it('should finish running attempts and claim no more when it is stopped', async () => {
    const { attempt, started, finish } = pendingAttempts();
    let isStopping = false;
    const run = new DeliveryLoop<string>({
      claim: async () => (isStopping ? ['too late'] : ['a']),
      attempt,
      shouldStop: () => isStopping,
    }).run();
    await flushPromises();
    isStopping = true;
    finish('a');
    await expect(run).resolves.toBe(true);
    expect(started).toEqual(['a']);
  });

  it('should reject with the first error after all attempts have ended', async () => {
    const { attempt, finish } = pendingAttempts();
    const due = [['a', 'b']];
    const run = new DeliveryLoop<string>({
      claim: async () => due.shift() ?? [],
      attempt,
      shouldStop: () => false,
    }).run();
    await flushPromises();
    finish('a', new Error('broken'));
    await flushPromises();
    finish('b');
    await expect(run).rejects.toThrow('broken');
  });

  it('should reject when claiming fails', async () => {
    const { attempt } = pendingAttempts();
    await expect(
      new DeliveryLoop<string>({
        claim: () => Promise.reject(new Error('away')),
        attempt,
        shouldStop: () => false,
      }).run(),
    ).rejects.toThrow('away');
  });
});
