import type { WorkspaceSettingsCache } from '@parley/teams';
import { ContactFieldParser } from './contact-field-parser.service.js';

const germanParser = new ContactFieldParser({
  get: () => Promise.resolve({ default_country: 'de' }),
} as unknown as WorkspaceSettingsCache);

it('should accept the national phone format when a default country is set', async () => {
  expect(await germanParser.parse('w', { phone: '030 123456', phones: [{ value: '+14155550123' }] })).toEqual({
    phone: '+4930123456',
    phones: [{ value: '+14155550123' }],
  });
});

it('should list the accepted formats when a phone number is invalid', async () => {
  await expect(germanParser.parse('w', { phone: 'x', name: 'Ada' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    issues: [{ path: ['phone'], message: expect.stringContaining('DE') }],
  });
});

it.each([
  ['', null],
  [' \t\n', null],
  [null, null],
  [' Ada', ' Ada'],
  [undefined, undefined],
])('should normalize the name %j to %j', async (name, expectedName) => {
  expect((await germanParser.parse('w', { name })).name).toBe(expectedName);
});
