import type { Clock } from '../clock/clock.js';
import { Forgetting } from './forgetting.js';

class ForgetThings extends Forgetting {
  readonly asked: Date[] = [];

  constructor(clock: Clock) {
    super(clock, 30);
  }

  protected forget(before: Date): Promise<void> {
    this.asked.push(before);
    return Promise.resolve();
  }
}

describe('Forgetting', () => {
  it('should forget what is older than its days', async () => {
    const things = new ForgetThings({ now: () => new Date('2026-03-31T12:00:00Z') });
    await things.turn();
    expect(things.asked).toEqual([new Date('2026-03-01T12:00:00Z')]);
  });
});
