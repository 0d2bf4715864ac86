import { EnumField, NestedListField, StringField } from '@parley/kernel/http';
import { WEEKDAYS, type BusinessHours, type Weekday } from '../business-hours.js';

const TIME_OPTIONS = {
  max: 5,
  pattern: /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/,
  patternHint: 'must be a time of day such as 09:00',
};

/** Opening on a weekday. */
export class OpeningDto {
  @EnumField(WEEKDAYS, { description: 'Day of the week.' })
  day: Weekday;

  @StringField({ ...TIME_OPTIONS, description: 'Local opening time.', example: '09:00' })
  from: string;

  @StringField({
    ...TIME_OPTIONS,
    description: 'Local closing time. `24:00` is the end of the day.',
    example: '17:00',
  })
  to: string;
}

/** Day that is closed, or closed for some hours. */
export class HolidayDto {
  @StringField({
    description: 'Local date.',
    max: 10,
    pattern: /^\d{4}-\d{2}-\d{2}$/,
    patternHint: 'must be a date such as 2026-12-25',
    example: '2026-12-25',
  })
  date: string;

  @StringField({ description: 'Name of the holiday.', min: 1, max: 100, example: 'Christmas', trim: true })
  name: string;

  @StringField({
    ...TIME_OPTIONS,
    description: 'Local start of the closure. Default: null, which is midnight.',
    optional: true,
    nullable: true,
    example: null,
  })
  from?: string | null;

  @StringField({
    ...TIME_OPTIONS,
    description: 'Local end of the closure. Default: null, which is the next midnight.',
    optional: true,
    nullable: true,
    example: null,
  })
  to?: string | null;
}

/** Times at which an inbox is open. */
export class BusinessHoursDto {
  @StringField({
    description: 'IANA time zone of all times in this object.',
    min: 1,
    max: 64,
    example: 'Europe/Berlin',
  })
  timezone: string;

  @NestedListField(() => OpeningDto, {
    description: 'Weekly openings. A day without an opening is closed; a lunch break needs two openings.',
    maxItems: 70,
    example: [{ day: 'monday', from: '09:00', to: '17:00' }],
  })
  weekly: OpeningDto[];

  @NestedListField(() => HolidayDto, {
    description: 'Days, or parts of days, that are closed regardless of `weekly`.',
    optional: true,
    maxItems: 200,
    example: [{ date: '2026-12-25', name: 'Christmas' }],
  })
  holidays?: HolidayDto[];
}

export function toBusinessHours({ timezone, weekly, holidays = [] }: BusinessHoursDto): BusinessHours {
  return {
    timezone,
    weekly: weekly.map(({ day, from, to }) => ({ day, from, to })),
    holidays: holidays.map(({ date, name, from = null, to = null }) => ({ date, name, from, to })),
  };
}
