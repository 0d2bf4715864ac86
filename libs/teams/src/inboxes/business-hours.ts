import { sentence, type FieldPath, type InputIssue } from '@parley/kernel';

/** Days of the week as in the API, Monday first. */
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Opening on a weekday in local time. The interval is half-open: with `to` 17:00, the inbox is closed at 17:00. */
export interface Opening {
  readonly day: Weekday;
  /** `HH:MM`. */
  readonly from: string;
  /** `HH:MM`, later than `from`. `24:00` is the end of the day. */
  readonly to: string;
}

/** Day that is closed, or closed for some hours. */
export interface Holiday {
  /** `YYYY-MM-DD`, local. */
  readonly date: string;
  readonly name: string;
  /** Start of the closure; null for midnight. */
  readonly from: string | null;
  /** End of the closure; null for the next midnight. */
  readonly to: string | null;
}

/** Times at which an inbox is open. */
export interface BusinessHours {
  /** IANA time zone name. */
  readonly timezone: string;
  /** Openings of the week. A day without an opening is closed; a lunch break needs two openings. */
  readonly weekly: readonly Opening[];
  readonly holidays: readonly Holiday[];
}

const INVALID_RANGE = sentence`${['to']} must be later than ${['from']}`;

/** Returns the issues of business hours; empty if they are valid. */
export function validateBusinessHours({ timezone, weekly, holidays }: BusinessHours): InputIssue[] {
  const issues: InputIssue[] = [];
  const addIssue = (path: FieldPath, message: InputIssue['message']): void =>
    void issues.push({ path: ['businessHours', ...path], message });
  if (!isTimezone(timezone))
    addIssue(['timezone'], sentence`"${timezone}" is not a time zone. Use an IANA name such as Europe/Berlin`);
  weekly.forEach((opening, index) => {
    if (opening.from >= opening.to) addIssue(['weekly', index, 'to'], INVALID_RANGE);
    else if (
      weekly
        .slice(0, index)
        .some((other) => other.day === opening.day && other.from < opening.to && opening.from < other.to)
    ) {
      addIssue(['weekly', index], sentence`overlaps with another opening on ${opening.day}`);
    }
  });
  holidays.forEach(({ date, from, to }, index) => {
    if (!isDate(date)) addIssue(['holidays', index, 'date'], sentence`${date} is not a valid date`);
    if (from !== null && to !== null && from >= to) addIssue(['holidays', index, 'to'], INVALID_RANGE);
  });
  return issues;
}

/** Returns true if the instant is within business hours. */
export function isOpen({ timezone, weekly, holidays }: BusinessHours, instant: Date): boolean {
  const { date, day, time } = toLocalTime(timezone, instant);
  const isWithin = (from: string, to: string): boolean => from <= time && time < to;
  if (holidays.some((holiday) => holiday.date === date && isWithin(holiday.from ?? '00:00', holiday.to ?? '24:00')))
    return false;
  return weekly.some((opening) => opening.day === day && isWithin(opening.from, opening.to));
}

/** Returns true if there is a time zone with this name. */
export function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}

function isDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function toLocalTime(timezone: string, instant: Date): { date: string; day: Weekday; time: string } {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: timezone,
    hourCycle: 'h23',
    weekday: 'long',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return {
    date: `${parts.year}-${parts.month}-${parts.day}`,
    day: parts.weekday!.toLowerCase() as Weekday,
    time: `${parts.hour}:${parts.minute}`,
  };
}
