import { DomainError } from '../errors/domain-error.js';
import { mapConstraintErrors } from './constraint-errors.js';

const uniqueViolation = (): DomainError => new DomainError('CONFLICT', 'Taken', { name: 'A' });

describe('mapConstraintErrors', () => {
  it('should return the result of the write when it succeeds', async () => {
    await expect(mapConstraintErrors({ things_name: uniqueViolation }, () => Promise.resolve(1))).resolves.toBe(1);
  });

  it.each([
    ['pg', { constraint: 'things_name' }],
    ['TypeORM', { driverError: { constraint: 'things_name' } }],
  ])('should throw the mapped error when %s reports a violated constraint', async (_driver, fields) => {
    const write = (): Promise<void> => Promise.reject(Object.assign(new Error('duplicate key'), fields));
    await expect(mapConstraintErrors({ things_name: uniqueViolation }, write)).rejects.toEqual(uniqueViolation());
  });

  it.each([{ constraint: 'things_pkey' }, {}])('should rethrow other errors unchanged', async (fields) => {
    const failure = Object.assign(new Error('another'), fields);
    await expect(mapConstraintErrors({ things_name: uniqueViolation }, () => Promise.reject(failure))).rejects.toBe(
      failure,
    );
  });
});
