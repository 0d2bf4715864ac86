import { eventually } from './eventually.js';

describe('eventually', () => {
  it('should give the first value that holds', async () => {
    const values = [false, null, 7];
    await expect(eventually(() => values.shift() as number | false | null, { intervalMs: 1 })).resolves.toBe(7);
  });

  it('should take a probe that only asserts as holding', async () => {
    await expect(eventually(() => undefined)).resolves.toBeUndefined();
  });

  it('should throw what the probe threw last when the time is up', async () => {
    let calls = 0;
    const probe = (): never => {
      calls += 1;
      throw new Error(`asked ${calls} times`);
    };
    await expect(eventually(probe, { timeoutMs: 30, intervalMs: 5 })).rejects.toThrow(/asked \d+ times/);
    expect(calls).toBeGreaterThan(1);
  });
});
