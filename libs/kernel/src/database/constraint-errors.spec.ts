import { DomainError } from '../errors/domain-error.js';
import { mapConstraintErrors } from './constraint-errors.js';

const uniqueViolation = (): DomainError => new DomainError('CONFLICT', 'Taken', { name: 'A' });

describe('refusing', () => {
  it('should give what the write gives', async () => {
    await expect(mapConstraintErrors({ things_name: uniqueViolation }, () => Promise.resolve(1))).resolves.toBe(1);
  });

  it.each([
    ['pg', { constraint: 'things_name' }],
    ['TypeORM', { driverError: { constraint: 'things_name' } }],
  ])('should tell a conflict that %s reports in its own words', async (_driver, fields) => {
    const write = (): Promise<void> => Promise.reject(Object.assign(new Error('duplicate key'), fields));
    await expect(mapConstraintErrors({ things_name: uniqueViolation }, write)).rejects.toEqual(uniqueViolation());
  });

  it.each([{ constraint: 'things_pkey' }, {}])('should leave other failures as they are', async (fields) => {
    const failure = Object.assign(new Error('another'), fields);
    await expect(mapConstraintErrors({ things_name: uniqueViolation }, () => Promise.reject(failure))).rejects.toBe(
      failure,
    );
  });
});
