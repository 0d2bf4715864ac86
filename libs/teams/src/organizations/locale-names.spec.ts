import { normalizeCountry, normalizeLocale, normalizeTimezone } from './locale-names.js';

describe('normalizeTimezone', () => {
  it.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires'])('should accept %s', (name) => {
    expect(normalizeTimezone(name)).toBe(name);
  });

  it.each(['', 'Berlin', 'Europe/Atlantis', '+02:00', '-0500', 'UTC; drop table'])('should reject %j', (name) => {
    expect(normalizeTimezone(name)).toBeNull();
  });
});

describe('normalizeLocale', () => {
  it.each([
    ['en', 'en'],
    ['en-us', 'en-US'],
    ['ZH-hant-tw', 'zh-Hant-TW'],
    ['de-1996', 'de-1996'],
  ])('should normalize %s to %s', (tag, expected) => {
    expect(normalizeLocale(tag)).toBe(expected);
  });

  it.each(['', 'e', 'english language', 'en_US', 'en--US', 'x'.repeat(50)])('should reject %j', (tag) => {
    expect(normalizeLocale(tag)).toBeNull();
  });
});

describe('normalizeCountry', () => {
  it.each([
    ['de', 'DE'],
    ['GB', 'GB'],
  ])('should normalize %s to %s', (code, expected) => {
    expect(normalizeCountry(code)).toBe(expected);
  });

  it.each(['', 'XX', 'UK', 'DEU', 'ß'])('should reject %j', (code) => {
    expect(normalizeCountry(code)).toBeNull();
  });
});
