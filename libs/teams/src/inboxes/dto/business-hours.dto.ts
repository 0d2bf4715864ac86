import { EnumField, NestedListField, StringField } from '@parley/kernel/http';
import { WEEKDAYS, type BusinessHours, type Weekday } from '../business-hours.js';

const TIME_OPTIONS = {
  max: 5,
  pattern: /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/,
  patternHint: 'must be a time of day such as 09:00',
};

/** Open from one time of day to another. */
export class OpeningDto {
  @EnumField(WEEKDAYS, { description: 'Day of the week.' })
  day: Weekday;

  @StringField({ ...TIME_OPTIONS, description: 'Opens at this local time.', example: '09:00' })
  from: string;

  @StringField({
    ...TIME_OPTIONS,
    description: 'Closes at this local time; `24:00` is the end of the day.',
    example: '17:00',
  })
  to: string;
}

/** A day that is not as its weekday is. */
export class HolidayDto {
  @StringField({
    description: 'Local date.',
    max: 10,
    pattern: /^\d{4}-\d{2}-\d{2}$/,
    patternHint: 'must be a date such as 2026-12-25',
    example: '2026-12-25',
  })
  date: string;

  @StringField({ description: 'What it is called.', min: 1, max: 100, example: 'Christmas' })
  name: string;

  @StringField({
    ...TIME_OPTIONS,
    description: 'Closed from this time; left out or null is from midnight.',
    optional: true,
    nullable: true,
    example: null,
  })
  from?: string | null;

  @StringField({
    ...TIME_OPTIONS,
    description: 'Closed until this time; left out or null is until midnight.',
    optional: true,
    nullable: true,
    example: null,
  })
  to?: string | null;
}

/** When somebody is there to answer. */
export class BusinessHoursDto {
  @StringField({ description: 'IANA time zone that all times here are in.', min: 1, max: 64, example: 'Europe/Berlin' })
  timezone: string;

  @NestedListField(() => OpeningDto, {
    description: 'Openings in the week. A day without one is closed; a lunch break is two.',
    maxItems: 70,
    example: [{ day: 'monday', from: '09:00', to: '17:00' }],
  })
  weekly: OpeningDto[];

  @NestedListField(() => HolidayDto, {
    description: 'Days, or parts of days, that are closed whatever the week says.',
    optional: true,
    maxItems: 200,
    example: [{ date: '2026-12-25', name: 'Christmas' }],
  })
  holidays?: HolidayDto[];
}

/** The request in the domain's names. */
export function toBusinessHours({ timezone, weekly, holidays = [] }: BusinessHoursDto): BusinessHours {
  return {
    timezone,
    weekly: weekly.map(({ day, from, to }) => ({ day, from, to })),
    holidays: holidays.map(({ date, name, from = null, to = null }) => ({ date, name, from, to })),
  };
}
