import type { WorkspaceSettings } from '@parley/teams';
import { ContactFieldChecks } from './contact-fields.service.js';

const inGermany = new ContactFieldChecks(
  { of: () => Promise.resolve({ default_country: 'de' }) } as unknown as WorkspaceSettings,
  null as never,
  { faults: () => Promise.resolve({}) } as never,
);

it('should take the national form of the country that is set', async () => {
  expect(await inGermany.check('w', { phone: '030 123456', phones: [{ value: '+14155550123' }] })).toEqual({
    phone: '+4930123456',
    phones: [{ value: '+14155550123' }],
  });
});

it('should say what forms there are', async () => {
  await expect(inGermany.check('w', { phone: 'x', name: 'Ada' }, 'contact.')).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    details: { 'contact.phone': [expect.stringContaining('DE')] },
  });
});

it.each([
  ['', null],
  [' \t\n', null],
  [null, null],
  [' Ada', ' Ada'],
  [undefined, undefined],
])('should keep the name %j as %j', async (name, kept) => {
  expect((await inGermany.check('w', { name })).name).toBe(kept);
});
