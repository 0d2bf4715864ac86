import {
  decideNextAttempt,
  computeNextAttemptAt,
  isOnProbation,
  parseRetryAfter,
  isSuccessful,
  type EndpointHealth,
} from './delivery-schedule.js';

const NOW = new Date('2026-01-15T10:30:00.000Z');
const HEALTHY: EndpointHealth = { consecutiveFailures: 0, failingSince: null, pausedUntil: null };
const secondsLater = (date: Date | null): number | null => date && (date.getTime() - NOW.getTime()) / 1000;
const healthWith = (health: Partial<EndpointHealth> = {}): EndpointHealth => ({ ...HEALTHY, ...health });
const attemptResult = (status: number | null, retryAfter: string | null = null) => ({
  status,
  complete: status !== null,
  retryAfter,
});

describe('computeNextAttemptAt', () => {
  it.each([
    [1, 5],
    [2, 300],
    [3, 1_800],
    [4, 7_200],
    [5, 18_000],
    [6, 36_000],
    [7, 36_000],
  ])('should be, after attempt %s, about %s s later', (attemptNumber, seconds) => {
    expect(secondsLater(computeNextAttemptAt(attemptNumber, NOW, null, 0.5))).toBe(seconds);
    expect(secondsLater(computeNextAttemptAt(attemptNumber, NOW, null, 0))).toBeCloseTo(seconds * 0.9, 2);
    expect(secondsLater(computeNextAttemptAt(attemptNumber, NOW, null, 1))).toBeCloseTo(seconds * 1.1, 2);
  });

  it('should return null after the eighth attempt', () => {
    expect(computeNextAttemptAt(8, NOW, null, 0.5)).toBeNull();
  });

  it('should use Retry-After only when it is later than the schedule', () => {
    expect(secondsLater(computeNextAttemptAt(1, NOW, new Date(NOW.getTime() + 60_000), 0.5))).toBe(60);
    expect(secondsLater(computeNextAttemptAt(2, NOW, new Date(NOW.getTime() + 60_000), 0.5))).toBe(300);
  });
});

describe('parseRetryAfter', () => {
  it.each([
    ['120', 120],
    [' 7 ', 7],
    ['Thu, 15 Jan 2026 10:31:00 GMT', 60],
    ['99999999', 86_400],
    ['0', null],
    ['-5', null],
    ['Thu, 15 Jan 2026 10:29:00 GMT', null],
    ['soon', null],
    ['', null],
    [null, null],
  ])('should parse %j as %j s', (header, seconds) => {
    expect(secondsLater(parseRetryAfter(header, NOW))).toBe(seconds);
  });
});

describe('isSuccessful', () => {
  it.each([200, 201, 202, 204, 299])('should return true for the status %s', (status) => {
    expect(isSuccessful(attemptResult(status))).toBe(true);
  });

  it.each([null, 100, 199, 300, 301, 302, 304, 307, 400, 401, 404, 408, 409, 410, 429, 500, 502, 503, 504])(
    'should return false for the status %s',
    (status) => {
      expect(isSuccessful(attemptResult(status))).toBe(false);
    },
  );

  it('should return false when the body of a 2xx response is incomplete', () => {
    expect(isSuccessful({ status: 200, complete: false, retryAfter: null })).toBe(false);
  });
});

describe('decideNextAttempt', () => {
  it('should complete the delivery and reset the failures when the attempt succeeded', () => {
    const before = healthWith({
      consecutiveFailures: 9,
      failingSince: '2026-01-11T00:00:00.000Z',
      pausedUntil: '2026-01-15T10:29:00.000Z',
    });
    expect(decideNextAttempt(attemptResult(204), 3, before, NOW, 0.5)).toEqual({
      status: 'succeeded',
      nextAttemptAt: null,
      health: HEALTHY,
      disableReason: null,
    });
  });

  it('should retry after a failure and not pause the endpoint at first', () => {
    const decision = decideNextAttempt(attemptResult(500), 1, HEALTHY, NOW, 0.5);
    expect(decision).toMatchObject({
      status: 'pending',
      disableReason: null,
      health: { consecutiveFailures: 1, failingSince: NOW.toISOString(), pausedUntil: null },
    });
    expect(secondsLater(decision.nextAttemptAt)).toBe(5);
  });

  it('should fail the delivery after the eighth attempt', () => {
    expect(decideNextAttempt(attemptResult(null), 8, HEALTHY, NOW, 0.5)).toMatchObject({
      status: 'failed',
      nextAttemptAt: null,
      disableReason: null,
    });
  });

  it('should disable the webhook when the endpoint responds with 410', () => {
    expect(decideNextAttempt(attemptResult(410), 1, HEALTHY, NOW, 0.5)).toMatchObject({
      status: 'failed',
      nextAttemptAt: null,
      disableReason: 'gone',
    });
  });

  it.each([
    ['2026-01-10T10:30:00.001Z', null],
    ['2026-01-10T10:30:00.000Z', 'failing'],
  ])('should return the disable reason when deliveries fail since %s: %s', (failingSince, disableReason) => {
    expect(
      decideNextAttempt(attemptResult(500), 2, healthWith({ consecutiveFailures: 3, failingSince }), NOW, 0.5),
    ).toMatchObject({
      status: 'pending',
      disableReason,
      health: { failingSince },
    });
  });

  it.each([
    [3, null],
    [4, 5],
    [5, 10],
    [6, 20],
    [20, 300],
  ])('should pause the endpoint after %s and one more failures for %s s', (consecutiveFailures, seconds) => {
    const { health } = decideNextAttempt(
      attemptResult(503),
      1,
      healthWith({ consecutiveFailures, failingSince: NOW.toISOString() }),
      NOW,
      0.5,
    );
    expect(secondsLater(health.pausedUntil === null ? null : new Date(health.pausedUntil))).toBe(seconds);
    expect(isOnProbation(health)).toBe(seconds !== null);
  });

  it('should keep the pause that Retry-After requested when another attempt fails meanwhile', () => {
    const limited = decideNextAttempt(attemptResult(429, '600'), 1, HEALTHY, NOW, 0.5);
    expect(secondsLater(limited.nextAttemptAt)).toBe(600);
    expect(secondsLater(new Date(limited.health.pausedUntil!))).toBe(600);
    expect(decideNextAttempt(attemptResult(500), 1, limited.health, NOW, 0.5).health.pausedUntil).toBe(
      limited.health.pausedUntil,
    );
  });
});
