import fc from 'fast-check';
import { counted, delaySeconds, secondsLocked, takenBack, type Tries } from './sign-in-delay.js';

const NOW = new Date('2026-01-15T12:00:00.000Z');
const FRESH: Tries = { failures: 0, lockedUntil: null, failedAt: NOW };

function after(seconds: number): Date {
  return new Date(NOW.getTime() + seconds * 1000);
}

describe('delaySeconds', () => {
  it.each([
    [0, 0],
    [4, 0],
    [5, 15],
    [6, 30],
    [7, 60],
    [8, 120],
    [9, 240],
    [10, 480],
    [11, 900],
    [12, 900],
    [10_000, 900],
  ])('should, after %i wrong tries, be %i', (failures, seconds) => {
    expect(delaySeconds(failures, 5)).toBe(seconds);
  });

  it('should never shrink with more tries, nor exceed 15 minutes', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.nat(100),
        (failures, free) =>
          delaySeconds(failures + 1, free) >= delaySeconds(failures, free) && delaySeconds(failures, free) <= 900,
      ),
    );
  });
});

describe('counted', () => {
  it('should lock with the fifth try and for longer with each one after', () => {
    let tries = FRESH;
    const locks = Array.from({ length: 7 }, () => secondsLocked((tries = counted(tries, NOW, 5)), NOW));
    expect(locks).toEqual([0, 0, 0, 0, 15, 30, 60]);
    expect([secondsLocked(tries, after(59.1)), secondsLocked(tries, after(60))]).toEqual([1, 0]);
  });

  it('should begin anew a day after the last', () => {
    expect(counted({ failures: 9, lockedUntil: null, failedAt: NOW }, after(86_401), 5)).toMatchObject({
      failures: 1,
      lockedUntil: null,
    });
    expect(counted({ failures: 9, lockedUntil: null, failedAt: NOW }, after(86_399), 5).failures).toBe(10);
  });

  it('should be undone by taking it back', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.nat(10), (failures, free) => {
        const before = takenBack({ failures: failures + 1, lockedUntil: null, failedAt: NOW }, free);
        expect(takenBack(counted(before, NOW, free), free)).toEqual(before);
      }),
    );
  });
});
