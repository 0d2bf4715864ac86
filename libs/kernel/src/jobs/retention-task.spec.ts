import type { Clock } from '../clock/clock.js';
import { RetentionTask } from './retention-task.js';

class TestRetentionTask extends RetentionTask {
  readonly cutoffs: Date[] = [];

  constructor(clock: Clock) {
    super(clock, 30);
  }

  protected deleteBefore(before: Date): Promise<void> {
    this.cutoffs.push(before);
    return Promise.resolve();
  }
}

describe('RetentionTask', () => {
  it('should delete rows that are older than the retention period', async () => {
    const task = new TestRetentionTask({ now: () => new Date('2026-03-31T12:00:00Z') });
    await task.runNow();
    expect(task.cutoffs).toEqual([new Date('2026-03-01T12:00:00Z')]);
  });
});
