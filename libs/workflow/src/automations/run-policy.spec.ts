import { runPolicySkipReason } from './run-policy.js';

const NOW = new Date('2026-01-15T12:00:00.000Z');
const EARLIER = '2026-01-15T11:00:00.000Z';
const LATER = '2026-01-15T11:30:00.000Z';

describe('runPolicySkipReason', () => {
  it.each([
    ['always', null, LATER, EARLIER, false],
    ['once', null, null, EARLIER, false],
    ['once', null, EARLIER, EARLIER, true],
    ['once_per_status', null, LATER, EARLIER, true],
    ['once_per_status', null, EARLIER, LATER, false],
    ['cooldown', 1800, LATER, EARLIER, false],
    ['cooldown', 1801, LATER, EARLIER, true],
    ['cooldown', 60, null, EARLIER, false],
  ] as const)(
    'should decide whether to skip when the policy is %s with %s s, last run at %s and status since %s',
    (runPolicy, cooldownSeconds, lastRunAt, statusChangedAt, isSkipped) => {
      expect(runPolicySkipReason({ runPolicy, cooldownSeconds }, lastRunAt, statusChangedAt, NOW) !== null).toBe(
        isSkipped,
      );
    },
  );
});
