import { assertGoodPassword, passwordFault } from './password-policy.js';

const OWNER = { email: 'Sarah@Acme.example', workspaces: ['Blue Ocean', 'Inc'] };

describe('passwordFault', () => {
  it.each(['correct horse battery', '0123456789x', 'incorrect horse', 'sara@acme.example', '🔑🔒🔑🔒🔑🔒🔑🔒🔑🔒'])(
    'should let %s be',
    (password) => {
      expect(passwordFault(password, OWNER)).toBeNull();
    },
  );

  it.each([
    ['short', 'must have at least 10 characters'],
    ['🔑🔒🔑🔒🔑', 'must have at least 10 characters'],
    ['aaaaaaaaaaaa', 'must not be one character over and over'],
    ['0123456789', 'must not be digits alone'],
    ['0123 4567 8901', 'must not be digits alone'],
    ['٠١٢٣٤٥٦٧٨٩', 'must not be digits alone'],
    ['I am SARAH, so there', 'must not have your e-mail address, or what stands before its @, in it'],
    ['the blue ocean is blue', 'must not have the name of the workspace in it'],
    ['sarah@acme.example', 'must not be your e-mail address'],
    [' SARAH@ACME.EXAMPLE ', 'must not be your e-mail address'],
  ])('should say of %s that it %s', (password, fault) => {
    expect(passwordFault(password, OWNER)).toBe(fault);
  });

  it('should be told under the name of the field', () => {
    expect(() => assertGoodPassword('short', OWNER, 'new_password')).toThrow(
      expect.objectContaining({
        code: 'BAD_REQUEST',
        details: { new_password: ['new_password must have at least 10 characters'] },
      }),
    );
  });

  it('should let short words be, which are in too many others', () => {
    expect(passwordFault('a long password of mine', { email: 'al@acme.example', workspaces: ['Min'] })).toBeNull();
  });
});
