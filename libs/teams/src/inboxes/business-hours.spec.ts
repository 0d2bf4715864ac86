import { validateBusinessHours, isOpen, type BusinessHours } from './business-hours.js';

const WEEK: BusinessHours = {
  timezone: 'Europe/Berlin',
  weekly: [
    { day: 'monday', from: '09:00', to: '12:00' },
    { day: 'monday', from: '13:00', to: '17:00' },
    { day: 'saturday', from: '22:00', to: '24:00' },
    { day: 'sunday', from: '00:00', to: '04:00' },
  ],
  holidays: [
    { date: '2026-12-28', name: 'Between the years', from: null, to: null },
    { date: '2026-11-30', name: 'Staff meeting', from: '15:00', to: null },
  ],
};

describe('isOpen', () => {
  it.each([
    ['2026-11-23T08:00:00Z', true, 'the moment it opens'],
    ['2026-11-23T07:59:59Z', false, 'a second before'],
    ['2026-11-23T11:00:00Z', false, 'the moment of the lunch break'],
    ['2026-11-23T12:30:00Z', true, 'after lunch'],
    ['2026-11-23T16:00:00Z', false, 'the moment it closes'],
    ['2026-11-24T09:00:00Z', false, 'a day without an opening'],
    ['2026-07-20T07:00:00Z', true, 'nine in summer, which is seven elsewhere'],
    ['2026-07-20T15:30:00Z', false, 'after five in summer'],
    ['2026-12-28T10:00:00Z', false, 'a holiday'],
    ['2026-11-30T13:30:00Z', true, 'before the meeting'],
    ['2026-11-30T14:00:00Z', false, 'the meeting'],
    ['2026-11-21T22:59:59Z', true, 'the last second of the day'],
    ['2026-11-21T23:00:00Z', true, 'the first second of the next'],
    ['2026-10-25T01:30:00Z', true, 'the hour that comes twice'],
    ['2026-03-29T02:30:00Z', false, 'after the hour that is left out'],
  ])('should return for %s: %s (%s)', (instant, expected) => {
    expect(isOpen(WEEK, new Date(instant))).toBe(expected);
  });

  it('should be false when there are no openings', () => {
    expect(isOpen({ timezone: 'UTC', weekly: [], holidays: [] }, new Date())).toBe(false);
  });
});

describe('validateBusinessHours', () => {
  it('should return no issues for valid hours', () => {
    expect(validateBusinessHours(WEEK)).toEqual([]);
  });

  it('should return every issue with its path', () => {
    const issues = validateBusinessHours({
      timezone: 'Mars/Olympus',
      weekly: [
        { day: 'monday', from: '09:00', to: '12:00' },
        { day: 'monday', from: '11:59', to: '13:00' },
        { day: 'friday', from: '17:00', to: '09:00' },
      ],
      holidays: [
        { date: '2026-02-30', name: 'Never', from: null, to: null },
        { date: '2026-02-28', name: 'Backwards', from: '12:00', to: '11:00' },
      ],
    });
    expect(issues.map(({ path }) => path)).toEqual([
      ['businessHours', 'timezone'],
      ['businessHours', 'weekly', 1],
      ['businessHours', 'weekly', 2, 'to'],
      ['businessHours', 'holidays', 0, 'date'],
      ['businessHours', 'holidays', 1, 'to'],
    ]);
  });
});
