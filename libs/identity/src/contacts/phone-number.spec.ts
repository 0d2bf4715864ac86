import { isValidPhone, parseCountry, parsePhoneSearch, toE164 } from './phone-number.js';

describe('toE164', () => {
  it.each([
    ['+1 (415) 555-0123', null, '+14155550123'],
    ['+49 30 123456', 'FR', '+4930123456'],
    ['030 123456', 'DE', '+4930123456'],
    ['(415) 555-0123', 'US', '+14155550123'],
    ['030 123456', null, null],
    ['0049 30 123456', null, '+4930123456'],
    ['0049 30 123456', 'DE', '+4930123456'],
    ['0049 30 123456', 'US', '+4930123456'],
    ['00 1 415-555-0123', null, '+14155550123'],
    ['0011 49 30 123456', 'AU', '+4930123456'],
    ['011 49 30 123456', 'US', '+4930123456'],
    ['0044 20 7946 0000 x5', null, '+442079460000;ext=5'],
    ['000 123 456 789', null, null],
    ['0049', null, null],
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
    ['tel:+1-415-555-0123', null, '+14155550123'],
    ['TEL:+1-415-555-0123;isub=1;ext=12', null, '+14155550123;ext=12'],
    ['tel:555-0123;phone-context=+1-415', null, '+14155550123'],
    ['\uff0b\uff14\uff19 \uff13\uff10 \uff11\uff12\uff13\uff14\uff15\uff16', null, '+4930123456'],
    ['\uff10\uff13\uff0d\uff11\uff12\uff13\uff14\uff0d\uff15\uff16\uff17\uff18', 'JP', '+81312345678'],
    ['\u202a+1\u200e 415\u00a0555\u00ad0123\u202c', null, '+14155550123'],
    ['+1 415\u2212555\u22120123', null, '+14155550123'],
    ['+1 415 555 0123 ext. 12', null, '+14155550123;ext=12'],
    ['(415) 555-0123 x12', 'US', '+14155550123;ext=12'],
    ['+14155550123;ext=12', null, '+14155550123;ext=12'],
    ['+1987654321 x5', null, '+1987654321;ext=5'],
    ['1715550114.0', null, null],
    ['4155550123.0', 'US', '+14155550123'],
    ['+14155550123.0', null, '+14155550123'],
    ['1.71555E+09', 'US', null],
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
    ['\uff14\uff17\uff11\uff11', null, ['4711'], null],
    ['', 'DE', null, null],
  ] as const)('should parse %j with the default country %s into the digits %j', (text, country, digits, whole) => {
    expect(parsePhoneSearch(text, country)).toEqual(digits && { digits, whole });
  });
});

it.each([
  ['+14155550123', true],
  ['+14155550123;ext=12', true],
  ['+1987654321', false],
  ['+9991234567', false],
])('should return for %s whether it is valid: %s', (number, isValid) => {
  expect(isValidPhone(number)).toBe(isValid);
});
