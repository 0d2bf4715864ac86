import { resolveAutoReply, type AutoReplyHistory } from './auto-reply.js';

const HOURS = { timezone: 'UTC', weekly: [{ day: 'monday', from: '09:00', to: '17:00' }], holidays: [] } as const;
const INBOX = { greeting: 'Hello', awayMessage: 'Back on Monday', businessHours: HOURS };
const EMPTY_HISTORY: AutoReplyHistory = { hasMessages: false, lastAwayAt: null };
const DURING_BUSINESS_HOURS = new Date('2026-11-23T10:00:00Z');
const OUTSIDE_BUSINESS_HOURS = new Date('2026-11-23T18:00:00Z');

describe('resolveAutoReply', () => {
  it('should send the greeting only for the first message when the inbox is open', () => {
    expect(resolveAutoReply(INBOX, EMPTY_HISTORY, DURING_BUSINESS_HOURS)).toEqual({ kind: 'greeting', body: 'Hello' });
    expect(resolveAutoReply(INBOX, { ...EMPTY_HISTORY, hasMessages: true }, DURING_BUSINESS_HOURS)).toBeNull();
  });

  it('should send the greeting at any hour when the inbox has no business hours', () => {
    expect(resolveAutoReply({ ...INBOX, businessHours: null }, EMPTY_HISTORY, OUTSIDE_BUSINESS_HOURS)?.kind).toBe(
      'greeting',
    );
  });

  it('should send the away message outside business hours when the conversation is new or has messages', () => {
    expect(resolveAutoReply(INBOX, EMPTY_HISTORY, OUTSIDE_BUSINESS_HOURS)).toEqual({
      kind: 'away',
      body: 'Back on Monday',
    });
    expect(resolveAutoReply(INBOX, { ...EMPTY_HISTORY, hasMessages: true }, OUTSIDE_BUSINESS_HOURS)?.kind).toBe('away');
  });

  it.each([
    ['2026-11-22T18:00:00.001Z', null],
    ['2026-11-22T18:00:00.000Z', 'away'],
  ])('should send the away message at most once in 24 hours when the last one was sent at %s', (lastAwayAt, kind) => {
    expect(resolveAutoReply(INBOX, { hasMessages: true, lastAwayAt }, OUTSIDE_BUSINESS_HOURS)?.kind ?? null).toBe(kind);
  });

  it('should send nothing when the inbox has no greeting and no away message', () => {
    const inboxWithoutMessages = { greeting: null, awayMessage: null, businessHours: HOURS };
    expect([
      resolveAutoReply(inboxWithoutMessages, EMPTY_HISTORY, DURING_BUSINESS_HOURS),
      resolveAutoReply(inboxWithoutMessages, EMPTY_HISTORY, OUTSIDE_BUSINESS_HOURS),
    ]).toEqual([null, null]);
  });
});
