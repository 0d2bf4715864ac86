import { DeliveryTurn } from './delivery-turn.js';

/** An attempt that ends when it is told to. */
function pendingAttempts(): {
  attempt: (item: string) => Promise<void>;
  end: (item: string, error?: Error) => void;
  begun: string[];
} {
  const open = new Map<string, { resolve: () => void; reject: (error: Error) => void }>();
  const begun: string[] = [];
  return {
    begun,
    attempt: (item) =>
      new Promise((resolve, reject) => {
        begun.push(item);
        open.set(item, { resolve, reject });
      }),
    end: (item, error) => (error ? open.get(item)!.reject(error) : open.get(item)!.resolve()),
  };
}

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('DeliveryTurn', () => {
  it('should end when nothing can be taken', async () => {
    const { attempt, begun } = pendingAttempts();
    await expect(new DeliveryTurn<string>({ claim: async () => [], attempt, over: () => false }).run()).resolves.toBe(
      false,
    );
    expect(begun).toEqual([]);
  });

  it('should take more while a slow attempt goes on', async () => {
    const { attempt, begun, end } = pendingAttempts();
    const due = [['slow', 'quick'], ['next']];
    const turn = new DeliveryTurn<string>({ claim: async () => due.shift() ?? [], attempt, over: () => false });
    const run = turn.run();
    await soon();
    end('quick');
    await soon();
    expect(begun).toEqual(['slow', 'quick', 'next']);
    due.push(['told']);
    turn.tell();
    await soon();
    expect(begun).toEqual(['slow', 'quick', 'next', 'told']);
    for (const item of ['next', 'told', 'slow']) end(item);
    await expect(run).resolves.toBe(false);
  });

  it('should hear what it is told while it takes', async () => {
    const { attempt, begun, end } = pendingAttempts();
    const due: string[][] = [];
    let turn: DeliveryTurn<string> | null = null;
    let looks = 0;
    const claim = async (): Promise<string[]> => {
      const found = due.shift() ?? [];
      if ((looks += 1) === 1) {
        due.push(['late']);
        turn!.tell();
      }
      return found;
    };
    turn = new DeliveryTurn<string>({ claim, attempt, over: () => false });
    const run = turn.run();
    await soon();
    expect(begun).toEqual(['late']);
    end('late');
    await run;
  });

  it('should let what goes on end and take no more when it is over', async () => {
    const { attempt, begun, end } = pendingAttempts();
    let over = false;
    const run = new DeliveryTurn<string>({
      claim: async () => (over ? ['too late'] : ['a']),
      attempt,
      over: () => over,
    }).run();
    await soon();
    over = true;
    end('a');
    await expect(run).resolves.toBe(true);
    expect(begun).toEqual(['a']);
  });

  it('should fail with what failed first, once all has ended', async () => {
    const { attempt, end } = pendingAttempts();
    const due = [['a', 'b']];
    const run = new DeliveryTurn<string>({ claim: async () => due.shift() ?? [], attempt, over: () => false }).run();
    await soon();
    end('a', new Error('broken'));
    await soon();
    end('b');
    await expect(run).rejects.toThrow('broken');
  });

  it('should fail when taking fails', async () => {
    const { attempt } = pendingAttempts();
    await expect(
      new DeliveryTurn<string>({ claim: () => Promise.reject(new Error('away')), attempt, over: () => false }).run(),
    ).rejects.toThrow('away');
  });
});
