import { countryOf, localeOf, timezoneOf } from './locale-names.js';

describe('timezoneOf', () => {
  it.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires'])('should know %s', (name) => {
    expect(timezoneOf(name)).toBe(name);
  });

  it.each(['', 'Berlin', 'Europe/Atlantis', '+02:00', '-0500', 'UTC; drop table'])('should not know %j', (name) => {
    expect(timezoneOf(name)).toBeNull();
  });
});

describe('localeOf', () => {
  it.each([
    ['en', 'en'],
    ['en-us', 'en-US'],
    ['ZH-hant-tw', 'zh-Hant-TW'],
    ['de-1996', 'de-1996'],
  ])('should spell %s as %s', (tag, spelled) => {
    expect(localeOf(tag)).toBe(spelled);
  });

  it.each(['', 'e', 'english language', 'en_US', 'en--US', 'x'.repeat(50)])('should not take %j for one', (tag) => {
    expect(localeOf(tag)).toBeNull();
  });
});

describe('countryOf', () => {
  it.each([
    ['de', 'DE'],
    ['GB', 'GB'],
  ])('should know %s', (code, spelled) => {
    expect(countryOf(code)).toBe(spelled);
  });

  it.each(['', 'XX', 'UK', 'DEU', 'ß'])('should not know %j', (code) => {
    expect(countryOf(code)).toBeNull();
  });
});
