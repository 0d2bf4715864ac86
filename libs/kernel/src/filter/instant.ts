/**
 * Instants of the filter language: text of exactly the form `2026-01-15T10:30:00.000Z` (UTC, milliseconds, years 0001
 * to 9999), whose text order is their order in time. Comparing text lets Postgres read dates in jsonb without a cast,
 * which would fail on a value that is not a date.
 */
export type Instant = string;

const STORED_DATE = /^\d{4}-\d{2}-\d{2}$/;
const STORED_SECONDS = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const STORED_FRACTION = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{1,9}Z$/;

const WRITTEN_DATE = /^\d{4}-\d{2}-\d{2}$/;
const WRITTEN_TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/i;

/** Requirement for times in requests, after the name of a field. */
export const DATE_TIME_REQUIREMENT =
  'must be an RFC 3339 date and time with a time zone, such as 2026-01-15T10:30:00Z or 2026-01-15T12:30:00+02:00';

function fromMilliseconds(milliseconds: number): Instant | undefined {
  if (!Number.isFinite(milliseconds)) return undefined;
  const text = new Date(milliseconds).toISOString();
  return text.length === 24 && text >= '0001' ? text : undefined;
}

/** Parses a date in a filter: a date (midnight in UTC), or a time as in {@link parseDateTime}. */
export function parseInstant(text: string): Instant | undefined {
  return parseDateTime(WRITTEN_DATE.test(text) ? `${text}T00:00:00Z` : text);
}

/**
 * Parses a date and time of RFC 3339, with `Z` or an offset, also with `t` and `z` in lower case. Digits after the
 * milliseconds are truncated. Returns undefined for anything else, including February 30 and times without an offset,
 * whose meaning would depend on the server.
 */
export function parseDateTime(text: string): Instant | undefined {
  const match = WRITTEN_TIME.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as number[];
  const date = new Date(0);
  date.setUTCFullYear(year!, month! - 1, day!);
  if (date.getUTCMonth() !== month! - 1 || date.getUTCDate() !== day) return undefined;
  if (hour! > 23 || minute! > 59 || second! > 59) return undefined;
  const offset = offsetMinutes(match[8]!);
  if (offset === undefined) return undefined;
  const fraction = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  date.setUTCHours(hour!, minute! - offset, second!, fraction);
  return fromMilliseconds(date.getTime());
}

function offsetMinutes(zone: string): number | undefined {
  if (zone.toUpperCase() === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4, 6));
  if (hours > 15 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/**
 * Reads the date of a subject: a `Date`, or a string in UTC (`2026-01-15`, or a time ending in `Z`). Strings are read
 * by their shape alone, exactly as in {@link storedInstantSql}. Other values are not comparable and give undefined.
 */
export function storedInstant(value: unknown): Instant | undefined {
  if (value instanceof Date) return fromMilliseconds(value.getTime());
  if (typeof value !== 'string') return undefined;
  if (STORED_FRACTION.test(value)) return `${(value.slice(0, -1) + '00').slice(0, 23)}Z`;
  if (STORED_SECONDS.test(value)) return `${value.slice(0, 19)}.000Z`;
  return STORED_DATE.test(value) ? `${value}T00:00:00.000Z` : undefined;
}

/**
 * The SQL equivalent of {@link storedInstant} for strings: maps a text expression to an expression of the same text or
 * null.
 */
export function storedInstantSql(text: string): string {
  const day = '[0-9]{4}-[0-9]{2}-[0-9]{2}';
  const time = `${day}T[0-9]{2}:[0-9]{2}:[0-9]{2}`;
  return (
    `(case when ${text} collate "C" ~ '^${time}[.][0-9]{1,9}Z$' then left(rtrim(${text}, 'Z') || '00', 23) || 'Z'` +
    ` when ${text} collate "C" ~ '^${time}Z$' then left(${text}, 19) || '.000Z'` +
    ` when ${text} collate "C" ~ '^${day}$' then ${text} || 'T00:00:00.000Z' end) collate "C"`
  );
}

/**
 * The instant `milliseconds` after another, or before it if negative. After the last millisecond of the year 9999 it is
 * `infinity`, as in Postgres.
 */
export function shiftInstant(instant: Instant, milliseconds: number): Instant {
  return fromMilliseconds(Date.parse(instant) + milliseconds) ?? (milliseconds > 0 ? 'infinity' : '-infinity');
}
