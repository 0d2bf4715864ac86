import { eventually } from './eventually.js';

describe('eventually', () => {
  it('should return the first successful value', async () => {
    const values = [false, null, 7];
    await expect(eventually(() => values.shift() as number | false | null, { intervalMs: 1 })).resolves.toBe(7);
  });

  it('should succeed when the probe only asserts', async () => {
    await expect(eventually(() => undefined)).resolves.toBeUndefined();
  });

  it('should throw the last error of the probe after the timeout', async () => {
    let calls = 0;
    const probe = (): never => {
      calls += 1;
      throw new Error(`called ${calls} times`);
    };
    await expect(eventually(probe, { timeoutMs: 30, intervalMs: 5 })).rejects.toThrow(/called \d+ times/);
    expect(calls).toBeGreaterThan(1);
  });
});
