import { assertGoodPassword, passwordFault } from './password-policy.js';

const EMAIL = 'Sarah@Acme.example';

describe('passwordFault', () => {
  it.each(['correct horse battery', '0123456789', 'sarah@acme.example!', '🔑🔒🔑🔒🔑🔒🔑🔒🔑🔒'])('should let %s be', (password) => {
    expect(passwordFault(password, EMAIL)).toBeNull();
  });

  it.each([
    ['short', 'must have at least 10 characters'], ['🔑🔒🔑🔒🔑', 'must have at least 10 characters'], ['aaaaaaaaaaaa', 'must not be one character over and over'],
    ['sarah@acme.example', 'must not be your e-mail address'], [' SARAH@ACME.EXAMPLE ', 'must not be your e-mail address'],
  ])('should say of %s that it %s', (password, fault) => {
    expect(passwordFault(password, EMAIL)).toBe(fault);
  });

  it('should be told under the name of the field', () => {
    expect(() => assertGoodPassword('short', EMAIL, 'new_password')).toThrow(expect.objectContaining({ code: 'BAD_REQUEST', details: { new_password: ['new_password must have at least 10 characters'] } }));
  });
});
