import { resolveAutoReply, type AutoReplyHistory } from './auto-reply.js';

const HOURS = { timezone: 'UTC', weekly: [{ day: 'monday', from: '09:00', to: '17:00' }], holidays: [] } as const;
const INBOX = { greeting: 'Hello', awayMessage: 'Back on Monday', businessHours: HOURS };
const EMPTY_HISTORY: AutoReplyHistory = { anything: false, lastAwayAt: null };
const DURING_BUSINESS_HOURS = new Date('2026-11-23T10:00:00Z');
const OUTSIDE_BUSINESS_HOURS = new Date('2026-11-23T18:00:00Z');

describe('automaticAnswer', () => {
  it('should greet who begins during business hours, and nobody twice', () => {
    expect(resolveAutoReply(INBOX, EMPTY_HISTORY, DURING_BUSINESS_HOURS)).toEqual({ kind: 'greeting', body: 'Hello' });
    expect(resolveAutoReply(INBOX, { ...EMPTY_HISTORY, anything: true }, DURING_BUSINESS_HOURS)).toBeNull();
  });

  it('should greet at any hour when there are no business hours', () => {
    expect(resolveAutoReply({ ...INBOX, businessHours: null }, EMPTY_HISTORY, OUTSIDE_BUSINESS_HOURS)?.kind).toBe(
      'greeting',
    );
  });

  it('should say that nobody is there outside business hours, whether or not something was said before', () => {
    expect(resolveAutoReply(INBOX, EMPTY_HISTORY, OUTSIDE_BUSINESS_HOURS)).toEqual({
      kind: 'away',
      body: 'Back on Monday',
    });
    expect(resolveAutoReply(INBOX, { ...EMPTY_HISTORY, anything: true }, OUTSIDE_BUSINESS_HOURS)?.kind).toBe('away');
  });

  it.each([
    ['2026-11-22T18:00:00.001Z', null],
    ['2026-11-22T18:00:00.000Z', 'away'],
  ])('should answer at most once in 24 hours that nobody is there: last at %s', (lastAwayAt, kind) => {
    expect(resolveAutoReply(INBOX, { anything: true, lastAwayAt }, OUTSIDE_BUSINESS_HOURS)?.kind ?? null).toBe(kind);
  });

  it('should say nothing where nothing is set', () => {
    const inboxWithoutMessages = { greeting: null, awayMessage: null, businessHours: HOURS };
    expect([
      resolveAutoReply(inboxWithoutMessages, EMPTY_HISTORY, DURING_BUSINESS_HOURS),
      resolveAutoReply(inboxWithoutMessages, EMPTY_HISTORY, OUTSIDE_BUSINESS_HOURS),
    ]).toEqual([null, null]);
  });
});
