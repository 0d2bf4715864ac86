import { parseCountry, parsePhoneSearch, toE164 } from './phone-number.js';

describe('toE164', () => {
  it.each([
    ['+1 (415) 555-0123', null, '+14155550123'],
    ['+49 30 123456', 'FR', '+4930123456'],
    ['030 123456', 'DE', '+4930123456'],
    ['(415) 555-0123', 'US', '+14155550123'],
    ['030 123456', null, null],
    ['+1987654321', null, '+1987654321'],
    ['+1234567890', 'DE', '+1234567890'],
    ['+999 123-4567', null, '+9991234567'],
    ['+1 415', null, null],
    ['+0123456789', null, null],
    ['+1234567890123456', null, null],
    ['1987654321', null, null],
    ['415 555', 'US', null],
    ['call +14155550123', null, null],
    ['', 'DE', null],
  ] as const)('should convert %j with the default country %s', (text, country, expectedVersion) => {
    expect(toE164(text, country)).toBe(expectedVersion);
  });
});

it.each([
  ['de', 'DE'],
  ['US', 'US'],
  ['XX', null],
  [7, null],
  [undefined, null],
])('should return the country of the setting %j: %s', (setting, expectedVersion) => {
  expect(parseCountry(setting)).toBe(expectedVersion);
});

describe('parsePhoneSearch', () => {
  it.each([
    ['030 1234567', 'DE', ['301234567', '49301234567'], '+49301234567'],
    ['030 1234567', null, ['301234567'], null],
    ['030/1', 'DE', null, null],
    ['030 12 34', 'DE', ['301234', '49301234'], '+49301234'],
    ['+49 (30) 1234567', null, ['49301234567'], '+49301234567'],
    ['415-555-0123', 'US', ['4155550123', '14155550123'], '+14155550123'],
    ['8 (495) 123-45-67', 'RU', ['84951234567', '74951234567'], '+74951234567'],
    ['4711', null, ['4711'], null],
    ['John 4711', 'DE', null, null],
    ['', 'DE', null, null],
  ] as const)('should parse %j with the default country %s into the digits %j', (text, country, digits, whole) => {
    expect(parsePhoneSearch(text, country)).toEqual(digits && { digits, whole });
  });
});
