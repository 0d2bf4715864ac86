import { assertValidPassword, validatePassword } from './password-policy.js';

const OWNER = { email: 'Sarah@Acme.example', workspaces: ['Blue Ocean', 'Inc'] };

describe('validatePassword', () => {
  it.each(['correct horse battery', '7394610258471936', 'incorrect horse', 'sara@acme.example'])(
    'should accept %s',
    (password) => {
      expect(validatePassword(password, OWNER)).toBeNull();
    },
  );

  it.each([
    ['short', 'must have at least 10 characters'],
    ['🔑🔒🔑🔒🔑', 'must have at least 10 characters'],
    ['aaaaaaaaaaaa', 'must not be easy to guess. Repeated characters like "aaa" are easy to guess.'],
    [
      '🔑🔒🔑🔒🔑🔒🔑🔒🔑🔒',
      'must not be easy to guess. Repeated character patterns like "abcabcabc" are easy to guess.',
    ],
    ['0123456789', expect.stringMatching(/^must not be easy to guess/)],
    ['password123!', 'must not be easy to guess. This is similar to a commonly used password.'],
    ['qwertyuiop', 'must not be easy to guess. This is a frequently used password.'],
    ['I am SARAH, so there', 'must not contain the local part of your e-mail address'],
    ['the blue ocean is blue', 'must not contain the name of the workspace'],
    ['sarah@acme.example', 'must not be your e-mail address'],
    [' SARAH@ACME.EXAMPLE ', 'must not be your e-mail address'],
  ])('should return for %s that it %s', (password, error) => {
    expect(validatePassword(password, OWNER)).toEqual(error);
  });

  it('should name the field when the password is invalid', () => {
    expect(() => assertValidPassword('short', OWNER, 'newPassword')).toThrow(
      expect.objectContaining({
        code: 'BAD_REQUEST',
        issues: [{ path: ['newPassword'], message: 'must have at least 10 characters' }],
      }),
    );
  });

  it('should ignore owner names that are shorter than four characters', () => {
    expect(validatePassword('a long password of mine', { email: 'al@acme.example', workspaces: ['Min'] })).toBeNull();
  });
});
