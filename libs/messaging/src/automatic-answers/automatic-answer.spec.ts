import { automaticAnswer, type SaidBefore } from './automatic-answer.js';

const HOURS = { timezone: 'UTC', weekly: [{ day: 'monday', from: '09:00', to: '17:00' }], holidays: [] } as const;
const INBOX = { greeting: 'Hello', awayMessage: 'Back on Monday', businessHours: HOURS };
const NOTHING: SaidBefore = { anything: false, lastAwayAt: null };
const OPEN = new Date('2026-11-23T10:00:00Z');
const SHUT = new Date('2026-11-23T18:00:00Z');

describe('automaticAnswer', () => {
  it('should greet who begins during business hours, and nobody twice', () => {
    expect(automaticAnswer(INBOX, NOTHING, OPEN)).toEqual({ kind: 'greeting', body: 'Hello' });
    expect(automaticAnswer(INBOX, { ...NOTHING, anything: true }, OPEN)).toBeNull();
  });

  it('should greet at any hour when there are no business hours', () => {
    expect(automaticAnswer({ ...INBOX, businessHours: null }, NOTHING, SHUT)?.kind).toBe('greeting');
  });

  it('should say that nobody is there outside business hours, whether or not something was said before', () => {
    expect(automaticAnswer(INBOX, NOTHING, SHUT)).toEqual({ kind: 'away', body: 'Back on Monday' });
    expect(automaticAnswer(INBOX, { ...NOTHING, anything: true }, SHUT)?.kind).toBe('away');
  });

  it.each([
    ['2026-11-22T18:00:00.001Z', null],
    ['2026-11-22T18:00:00.000Z', 'away'],
  ])('should answer at most once in 24 hours that nobody is there: last at %s', (lastAwayAt, kind) => {
    expect(automaticAnswer(INBOX, { anything: true, lastAwayAt }, SHUT)?.kind ?? null).toBe(kind);
  });

  it('should say nothing where nothing is set', () => {
    const silent = { greeting: null, awayMessage: null, businessHours: HOURS };
    expect([automaticAnswer(silent, NOTHING, OPEN), automaticAnswer(silent, NOTHING, SHUT)]).toEqual([null, null]);
  });
});
