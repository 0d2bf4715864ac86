import fc from 'fast-check';
import {
  countAttempt,
  computeDelaySeconds,
  remainingLockSeconds,
  refundAttempt,
  type SignInAttempts,
} from './sign-in-delay.js';

const NOW = new Date('2026-01-15T12:00:00.000Z');
const NO_ATTEMPTS: SignInAttempts = { failures: 0, lockedUntil: null, failedAt: NOW };

function secondsAfterNow(seconds: number): Date {
  return new Date(NOW.getTime() + seconds * 1000);
}

describe('computeDelaySeconds', () => {
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
  ])('should return after %i failed attempts: %i seconds', (failures, seconds) => {
    expect(computeDelaySeconds(failures, 5)).toBe(seconds);
  });

  it('should never decrease with more attempts or exceed 15 minutes', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.nat(100),
        (failures, allowed) =>
          computeDelaySeconds(failures + 1, allowed) >= computeDelaySeconds(failures, allowed) &&
          computeDelaySeconds(failures, allowed) <= 900,
      ),
    );
  });
});

describe('countAttempt', () => {
  it('should lock from the fifth attempt and for longer after each further one', () => {
    let attempts = NO_ATTEMPTS;
    const lockSeconds = Array.from({ length: 7 }, () =>
      remainingLockSeconds((attempts = countAttempt(attempts, NOW, 5)), NOW),
    );
    expect(lockSeconds).toEqual([0, 0, 0, 0, 15, 30, 60]);
    expect([
      remainingLockSeconds(attempts, secondsAfterNow(59.1)),
      remainingLockSeconds(attempts, secondsAfterNow(60)),
    ]).toEqual([1, 0]);
  });

  it('should restart the count a day after the last attempt', () => {
    expect(countAttempt({ failures: 9, lockedUntil: null, failedAt: NOW }, secondsAfterNow(86_401), 5)).toMatchObject({
      failures: 1,
      lockedUntil: null,
    });
    expect(countAttempt({ failures: 9, lockedUntil: null, failedAt: NOW }, secondsAfterNow(86_399), 5).failures).toBe(
      10,
    );
  });

  it('should be reverted by a refund', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.nat(10), (failures, allowed) => {
        const before = refundAttempt({ failures: failures + 1, lockedUntil: null, failedAt: NOW }, allowed);
        expect(refundAttempt(countAttempt(before, NOW, allowed), allowed)).toEqual(before);
      }),
    );
  });
});
