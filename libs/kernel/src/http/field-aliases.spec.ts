import { invalidInputError } from '../errors/invalid-input-error.js';
import { sentence } from '../errors/field-sentence.js';
import type { FieldPath } from '../errors/field-path.js';
import { withFieldAliases } from './field-aliases.js';

const ALIASES = { snoozedUntil: 'until', 'phones.value': 'phones.number' };

describe('withFieldAliases', () => {
  it.each<[FieldPath, FieldPath]>([
    [['snoozedUntil'], ['until']],
    [
      ['phones', 2, 'value'],
      ['phones', 2, 'number'],
    ],
    [
      ['phones', 2],
      ['phones', 2],
    ],
    [['status'], ['status']],
    [
      ['update', 'snoozedUntil'],
      ['update', 'snoozedUntil'],
    ],
  ])('should map the path %j to %j', async (path, expected) => {
    const call = withFieldAliases(ALIASES, () => Promise.reject(invalidInputError(path, 'is wrong')));
    await expect(call).rejects.toMatchObject({ issues: [{ path: expected, message: 'is wrong' }] });
  });

  it('should map the fields in a sentence', async () => {
    const error = invalidInputError('status', sentence`needs ${['snoozedUntil']}`);
    await expect(withFieldAliases(ALIASES, () => Promise.reject(error))).rejects.toMatchObject({
      issues: [{ message: sentence`needs ${['until']}` }],
    });
  });

  it('should not change other errors', async () => {
    const error = new Error('x');
    await expect(withFieldAliases(ALIASES, () => Promise.reject(error))).rejects.toBe(error);
  });
});
