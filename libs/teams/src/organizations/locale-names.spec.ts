import { normalizeCountry, normalizeLocale, normalizeTimezone } from './locale-names.js';

describe('timezoneOf', () => {
  it.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires'])('should know %s', (name) => {
    expect(normalizeTimezone(name)).toBe(name);
  });

  it.each(['', 'Berlin', 'Europe/Atlantis', '+02:00', '-0500', 'UTC; drop table'])('should not know %j', (name) => {
    expect(normalizeTimezone(name)).toBeNull();
  });
});

describe('localeOf', () => {
  it.each([
    ['en', 'en'],
    ['en-us', 'en-US'],
    ['ZH-hant-tw', 'zh-Hant-TW'],
    ['de-1996', 'de-1996'],
  ])('should spell %s as %s', (tag, expected) => {
    expect(normalizeLocale(tag)).toBe(expected);
  });

  it.each(['', 'e', 'english language', 'en_US', 'en--US', 'x'.repeat(50)])('should not take %j for one', (tag) => {
    expect(normalizeLocale(tag)).toBeNull();
  });
});

describe('countryOf', () => {
  it.each([
    ['de', 'DE'],
    ['GB', 'GB'],
  ])('should know %s', (code, expected) => {
    expect(normalizeCountry(code)).toBe(expected);
  });

  it.each(['', 'XX', 'UK', 'DEU', 'ß'])('should not know %j', (code) => {
    expect(normalizeCountry(code)).toBeNull();
  });
});
